import { simpleParser } from 'mailparser';
import { dateAt } from '../../domain/calendar.ts';
import type { IsoDate } from '../../domain/treaty.ts';
import type { Mailbox } from '../../embedded/mailbox.ts';

/** A letter as its reader has it. */
export type Letter = {
  /** The day it bears, in Geneva. */
  on: IsoDate;
  to: string;
  subject: string;
  text: string;
  messageId: string;
};

/** The letters that have arrived, oldest first: to one address, about one thing. */
export async function lettersIn(mailbox: Mailbox, { to, about }: { to?: string; about?: string }): Promise<Letter[]> {
  const found = mailbox.messages(to ? { to } : {}).filter((message) => !about || message.subject.includes(about));
  return await Promise.all(
    found.map(async ({ uid, date, envelopeTo, subject, messageId }) => {
      const { text = '' } = await simpleParser((await mailbox.raw(uid))!);
      const on = dateAt(date!.getTime(), 'Europe/Zurich');
      return { on, to: envelopeTo[0]!, subject, text, messageId: messageId! };
    }),
  );
}

const KINDS: [RegExp, string][] = [
  [/received with thanks|reçu, avec|recibido/, 'receipt'],
  [/invitation|invitación/, 'invitation'],
  [/courtesy reminder|rappel de courtoisie|recordatorio de cortesía/, 'reminder'],
  [/still|reste|sigue/, 'overdue'],
];

/** `2031-01-30 reminder`: a letter to a State by its day and by what its subject says it is. */
export function shortly({ on, subject }: Letter): string {
  return `${on} ${KINDS.find(([words]) => words.test(subject))?.[1] ?? subject}`;
}

/** The text on one line, as it is quoted. */
export function quotable({ text }: Letter): string {
  return text.replace(/\s+/g, ' ');
}

/** The first link whose address holds this part; what a person would click. */
export function linkIn(text: string, part: '/a/' | '/u/'): string {
  const link = text.match(/https?:\/\/[^\s<>")\]]+/g)?.find((each) => each.includes(part));
  if (!link) throw new Error(`No link with ${part} in: ${text}`);
  return link;
}
