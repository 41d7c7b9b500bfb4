import { createTransport } from 'nodemailer';
import { findDecisionLink } from '../../adapters/decision-link.ts';
import { recordDecision } from '../../adapters/decisions.ts';
import { recordDateChange, recordTaskAnswer } from '../../adapters/facts.ts';
import { recordTextChange } from '../../adapters/letter-texts.ts';
import { createLetters } from '../../adapters/letters.ts';
import { lettersInForce } from '../../adapters/letters-in-force.ts';
import { readToken } from '../../adapters/links.ts';
import { recordSubmission } from '../../adapters/submissions.ts';
import { findUploadLink } from '../../adapters/upload-link.ts';
import type { Choice } from '../../domain/approval.ts';
import { instantOf } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import type { MovedDates } from '../../domain/cycle.ts';
import { type IsoDate, LANGUAGES, type Language } from '../../domain/treaty.ts';
import { madeUpReport } from '../../simulator/reports.ts';
import { MAIL_FROM, type World } from '../../simulator/world.ts';
import { type Letter, lettersIn, linkIn } from './reading.ts';

type Person = { id: string; email: string };
type Rewording = (source: string) => string;
type Attachment = { filename: string; content: Buffer | string };

/** What people bring, each by the door they have. Pages have their own tests: here they are passed by. */
export function openDoors(world: World) {
  const { records, clock, mailbox } = world;
  const newest = async (filter: { to: string; about?: string }, part: '/a/' | '/u/'): Promise<Letter> =>
    (await lettersIn(mailbox, filter)).filter(({ text }) => text.includes(part)).at(-1)!;
  const tokenIn = ({ text }: Letter, part: '/a/' | '/u/') => readToken(linkIn(text, part).split(part)[1]);

  return {
    /** The person decides by the link in their newest mail that has one. Throws Refused. */
    async decide(person: Person, { choice, comment }: { choice: Choice; comment: string }): Promise<void> {
      const token = tokenIn(await newest({ to: person.email }, '/a/'), '/a/');
      const { selector, approval, own } = (await findDecisionLink({ records, token, now: clock.now() }))!;
      const seen = { contentHash: approval.contentHash, version: approval.version, revision: own?.revision ?? 0 };
      const given = { approvalId: approval.id, personId: person.id, choice, comment, seen };
      await recordDecision({ records, now: clock.now(), answer: { ...given, door: 'link', linkSelector: selector } });
    },

    /** A mission files a report by the link in its newest letter about the case. */
    async reportByLink({ mission, caseId, file }: { mission: string; caseId: string; file: File }): Promise<void> {
      const letter = await newest({ to: mission, about: referenceOf(caseId) }, '/u/');
      const link = (await findUploadLink({ records, token: tokenIn(letter, '/u/'), now: clock.now() }))!;
      const door = { door: 'link' as const, linkSelector: link.selector };
      await recordSubmission({ records, now: clock.now(), caseId: link.case.id, file, ...door });
    },

    /** Someone answers the newest letter they got by email. */
    async replyByEmail({ from, attachments }: { from: string; attachments: Attachment[] }): Promise<void> {
      const [answered] = (await lettersIn(mailbox, { to: from })).slice(-1);
      const transport = createTransport(mailbox.smtpUrl);
      const { subject, messageId } = answered!;
      const reply = { from, to: MAIL_FROM, subject: `Re: ${subject}`, inReplyTo: messageId };
      await transport.sendMail({ ...reply, text: 'With our compliments.', attachments });
      transport.close();
    },

    /** An admin proposes what a letter is to say, from what it says now. */
    async rewordLetter({ admin, template, change }: { admin: Person; template: string; change: Rewording }) {
      const letters = await lettersInForce({ records, letters: createLetters({ folder: 'templates' }) });
      const wording = LANGUAGES.map((language) => [language, change(letters.text({ template, language })!.source)]);
      const sources = Object.fromEntries(wording) as Record<Language, string>;
      const { texts } = letters.propose({ template, sources });
      const seen = await records.letterTextChange.count({ where: { template } });
      const about = { treaty: world.treaty.id, year: clock.now().getFullYear(), template, note: 'Shorter.', seen };
      await recordTextChange({ records, now: clock.now(), ...about, texts, personId: admin.id });
    },

    /** A mail comes as it is, whatever it is. */
    async mailAsItIs({ from, raw }: { from: string; raw: string }): Promise<void> {
      const transport = createTransport(mailbox.smtpUrl);
      await transport.sendMail({ envelope: { from, to: MAIL_FROM }, raw });
      transport.close();
    },

    /** An officer files what came by post and reached the office on this day. */
    async reportByPost({
      officer,
      caseId,
      file,
      arrivedOn,
    }: {
      officer: Person;
      caseId: string;
      file: File;
      arrivedOn: IsoDate;
    }): Promise<void> {
      const receivedAt = new Date(instantOf(arrivedOn, '12:00', 'Europe/Zurich'));
      const how = { door: 'post' as const, personId: officer.id, note: 'By diplomatic bag', receivedAt };
      await recordSubmission({ records, now: clock.now(), caseId, file, ...how });
    },

    /** An officer settles the oldest open task of this kind. */
    async answerTask({ officer, kind, answer }: { officer: Person; kind: string; answer: string }): Promise<void> {
      const open = { where: { kind, doneAt: null }, orderBy: { createdAt: 'asc' } } as const;
      const { id: taskId } = await records.task.findFirstOrThrow(open);
      await recordTaskAnswer({ records, now: clock.now(), taskId, personId: officer.id, answer, note: '' });
    },

    async moveDates({ admin, cycleId, moved }: { admin: Person; cycleId: string; moved: MovedDates }): Promise<void> {
      const change = { cycleId, moved, reason: 'The meeting hall is taken', personId: admin.id };
      await recordDateChange({ records, now: clock.now(), ...change });
    },
  };
}

export type File = { bytes: Buffer; fileName: string; mediaType: string; cautions: [] };

export async function reportOf(iso3: string, version: number): Promise<File> {
  return { ...(await madeUpReport({ stateName: iso3, year: 2030, version, format: 'pdf' })), cautions: [] };
}
