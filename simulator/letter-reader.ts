import { simpleParser } from 'mailparser';
import type { Mailbox, StoredMessage } from '../embedded/mailbox.ts';

/** The first link in the text of a message whose address holds `part`; what a person would click. */
export async function linkIn({
  mailbox,
  message,
  part,
}: {
  mailbox: Mailbox;
  message: StoredMessage;
  part: string;
}): Promise<string | null> {
  const raw = await mailbox.raw(message.uid);
  const { text = '' } = await simpleParser(raw!);
  return text.match(/https?:\/\/[^\s<>")\]]+/g)?.find((link) => link.includes(part)) ?? null;
}
