import { z } from 'zod';
import { certainty, count, monthDay, text, time, timeZone } from './fields.ts';

/** `policy.json`: the dates, ladders and limits of the secretariat. */
export const policy = z
  .strictObject({
    treatyTimeZone: timeZone,
    report: z.strictObject({
      opens: monthDay,
      invitation: monthDay,
      deadline: monthDay,
      closes: monthDay,
      remindersBefore: z.array(count).refine(isFalling, 'must go from the largest number to the smallest'),
      remindersAfter: z.array(count).refine(isRising, 'must go from the smallest number to the largest'),
      cutOffWeeksBeforeMeeting: count,
      sendAt: time,
      initialReportDays: count,
    }),
    assumedMeeting: z.strictObject({ startsOn: monthDay, days: count }),
    approval: z.strictObject({
      decideWithinWorkingDays: count,
      remindersBefore: z.array(z.int().min(0)).refine(isFalling, 'must go from the largest number to the smallest'),
      lapsesAfterWorkingDays: count,
      holdMinutes: z.int().min(0),
    }),
    mail: z.strictObject({ perMinute: count }),
    upload: z.strictObject({ maxBytes: z.int().min(1), maxFiles: count }),
    certainty,
    source: text,
  })
  .refine(({ report }) => report.opens <= report.invitation, {
    path: ['report', 'invitation'],
    error: 'must not lie before opens',
  })
  .refine(({ report }) => report.deadline < report.closes, {
    path: ['report', 'closes'],
    error: 'must lie after deadline',
  })
  .refine(({ report, assumedMeeting }) => assumedMeeting.startsOn <= report.closes, {
    path: ['assumedMeeting', 'startsOn'],
    error: 'must not lie after report.closes',
  });

function isRising(numbers: number[]): boolean {
  return numbers.every((each, at) => at === 0 || each > (numbers[at - 1] ?? each));
}

function isFalling(numbers: number[]): boolean {
  return isRising(numbers.toReversed());
}
