import { createHmac } from 'node:crypto';
import { sameText } from './links.ts';

/**
 * Addresses of our own that name one letter: `secretariat+b<letter><signature>@…` for the envelope of a letter (VERP: its
 * bounces come to it) and `secretariat+r…` for its Reply-To. Small letters and digits only (base 32 with the digits of RFC
 * 4648 §7), so that a server that changes the case of an address breaks nothing. The signature is 64 bits of HMAC-SHA-256:
 * whoever was not sent the letter cannot name it.
 */
type Signed = { letterId: string; from: string; key: Buffer };

const TAGS = { bounce: 'b', reply: 'r' } as const;
export type LetterAddress = { purpose: keyof typeof TAGS; letterId: string };

const ID_DIGITS = 26;
const SIGNATURE_DIGITS = 13;
/** Of the part before the @ (RFC 5321 §4.5.3.1.1). */
const LONGEST_LOCAL_PART = 64;

/** `letterId` is a UUID. Throws an Error when the part before the @ of `from` has more than 23 characters. */
export function verpAddress(letter: Signed): string {
  return signedAddress({ ...letter, purpose: 'bounce' });
}

/** Like {@link verpAddress}, for answers. */
export function replyAddress(letter: Signed): string {
  return signedAddress({ ...letter, purpose: 'reply' });
}

/**
 * The letter that one of these addresses names. `forged`: it looks like one of ours, but we never wrote it. Null: none is
 * of this kind.
 */
export function readLetterAddress({
  to,
  from,
  key,
}: {
  to: readonly string[];
  from: string;
  key: Buffer;
}): LetterAddress | 'forged' | null {
  const read = to.map((address) => readOne({ address: address.toLowerCase(), from: from.toLowerCase(), key }));
  return read.find((each) => each !== null && each !== 'forged') ?? read.find((each) => each === 'forged') ?? null;
}

function signedAddress({ letterId, from, key, purpose }: Signed & { purpose: LetterAddress['purpose'] }): string {
  const [mailbox, domain] = from.split('@');
  const id = digits({ hex: letterId.replaceAll('-', ''), length: ID_DIGITS });
  const local = `${mailbox}+${TAGS[purpose]}${id}${signature({ text: TAGS[purpose] + id, key })}`;
  if (local.length > LONGEST_LOCAL_PART)
    throw new Error('The address letters come from has more than 23 characters before the @: it cannot be extended.');
  return `${local}@${domain}`;
}

type One = { address: string; from: string; key: Buffer };

function readOne({ address, from, key }: One): LetterAddress | 'forged' | null {
  const [mailbox, domain] = from.split('@');
  if (!address.startsWith(`${mailbox}+`) || !address.endsWith(`@${domain}`)) return null;
  const tagged = address.slice(`${mailbox}+`.length, -`@${domain}`.length);
  const [, tag, id = '', signed = ''] = /^([br])([0-9a-v]{26})([0-9a-v]{13})$/.exec(tagged) ?? [];
  if (!tag) return null;
  if (!sameText(signed, signature({ text: tag + id, key }))) return 'forged';
  return { purpose: tag === TAGS.bounce ? 'bounce' : 'reply', letterId: uuidOf(id) };
}

function signature({ text, key }: { text: string; key: Buffer }): string {
  const mac = createHmac('sha256', key).update(`letter address ${text}`).digest('hex');
  return digits({ hex: mac.slice(0, 16), length: SIGNATURE_DIGITS });
}

function digits({ hex, length }: { hex: string; length: number }): string {
  return BigInt(`0x${hex}`).toString(32).padStart(length, '0');
}

function uuidOf(id: string): string {
  const number = Array.from(id).reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
  return number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
