import { type LetterAddress, readLetterAddress } from '../letter-address.ts';
import type { ReadMail } from './read-mail.ts';

/** What a mail says it is about, for whoever looks for its letter and case. */
export type Clues = {
  /**
   * The address of one letter it came to: proof that its sender had that letter, or its bounce. `forged`: it pretends to
   * be such an address, and nothing the mail says may be believed.
   */
  addressed: LetterAddress | 'forged' | null;
  /**
   * The mails it is about, nearest first; last itself, for a letter of ours that a mailing list sends back. Those who had
   * one of our letters know its Message-ID, and nobody else.
   */
  messageIds: string[];
  /** `report-intake/2027/LAO`, as it stands in the subject. Anybody can write that: a suggestion, never more. */
  reference: string | null;
};

/** `from`: the address our letters come from. */
export function cluesOf({ mail, from, key }: { mail: ReadMail; from: string; key: Buffer }): Clues {
  const { verdict, inReplyTo, references, messageId, to, subject } = mail;
  const named = [verdict.originalMessageId, inReplyTo, ...references.toReversed(), messageId];
  return {
    addressed: readLetterAddress({ to, from, key }),
    messageIds: [...new Set(named.filter((id) => id != null))],
    reference: /(?<![\w/-])[a-z]+(?:-[a-z]+)*\/\d{4}(?:\/[A-Z]{3}(?:\/[\w-]+)?)?(?![\w/])/.exec(subject)?.[0] ?? null,
  };
}
