import { simpleParser } from 'mailparser';
import { LATE_BOUND } from '../domain/letter.ts';
import type { Proof, ProvenApproval, ProvenLetter, Told } from '../domain/proof.ts';
import { freeFrom } from './approvals.ts';
import { sha256 } from './chain.ts';

type Given = Pick<Proof, 'letters' | 'approvals'> & { told: Told[]; bytesOf: (letter: ProvenLetter) => Buffer | null };

/** Is each letter what was approved, sent once and not too early, and told in the timeline? */
export async function letterFaults({ letters, approvals, told, bytesOf }: Given): Promise<string[]> {
  const faults: string[] = [];
  for (const letter of letters) {
    const approval = approvals.find(({ id }) => id === letter.approvalId) ?? null;
    const bytes = bytesOf(letter);
    const found = [
      ...(bytes ? await bytesFaults(letter, bytes) : ['its bytes are not there.']),
      ...(letter.class === 'internal' ? [] : approvedFaults(letter, approval)),
      ...sendingFaults(letter),
      ...toldFaults(letter, told),
    ];
    faults.push(...found.map((fault) => `Letter ${letter.id}: ${fault}`));
  }
  return faults;
}

/** The bytes are those of the hash, and what a reader sees in them is what was approved. */
async function bytesFaults(letter: ProvenLetter, bytes: Buffer): Promise<string[]> {
  if (sha256(bytes) !== letter.mimeSha256) return ['its bytes are not those that were recorded.'];
  const mail = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true });
  const to = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
  const faults = to.length === 1 && to[0] === letter.recipient ? [] : ['its bytes name another recipient.'];
  if (mail.messageId !== letter.messageId) faults.push('its bytes carry another Message-ID.');
  if (letter.approved === null) return faults;
  const approved = JSON.parse(letter.approved) as { subject: string; text: string; html: string; recipient: string };
  const html = typeof mail.html === 'string' ? mail.html : '';
  const reads = [
    [approved.subject, mail.subject ?? ''],
    [approved.text, mail.text ?? ''],
    [approved.html, html],
  ] as const;
  if (!reads.every(([asApproved, asSent]) => isFilledIn(asApproved, asSent)))
    faults.push('it reads otherwise than what was approved.');
  if (approved.recipient !== letter.recipient) faults.push('it was approved for another recipient.');
  return faults;
}

/** Is `sent` what was approved, with nothing but its late places (link, date and file of a receipt) filled in? */
function isFilledIn(approved: string, sent: string): boolean {
  const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
  const places = Object.values(LATE_BOUND).map((place) => escaped(spaced(place)));
  const pattern = escaped(spaced(approved)).replace(new RegExp(places.map(escaped).join('|'), 'g'), '[^<>]{1,400}?');
  return new RegExp(`^${pattern}$`, 'u').test(spaced(sent));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function approvedFaults(letter: ProvenLetter, approval: ProvenApproval | null): string[] {
  if (!approval) return ['the approval it names is not there.'];
  const faults: string[] = [];
  if (letter.approved !== null && sha256(letter.approved) !== letter.contentHash)
    faults.push('what is given as approved does not fit its hash.');
  if (!approval.itemHashes.includes(letter.contentHash)) faults.push('its approval is not of this content.');
  const free = freeFrom(approval);
  const left = letter.attempts.find(({ event }) => event === 'dot');
  if (left && (free === null || left.at < free)) faults.push('it left before its approval allowed it.');
  return faults;
}

/** At most one try passes the final dot unless the server refused it or a person ordered a repeat. */
function sendingFaults({ attempts, state }: ProvenLetter): string[] {
  const sent = attempts.filter(({ event }) => event === 'sent').length;
  const faults = sent > 1 ? ['it was taken by the mail server more than once.'] : [];
  if (state === 'sent' && sent === 0 && !attempts.some(({ event }) => event === 'unknown'))
    faults.push('it counts as sent, and no try says so.');
  return faults;
}

const ENDS = new Set(['sent', 'refused', 'unknown']);

function toldFaults({ id, state, contentHash, mimeSha256 }: ProvenLetter, told: Told[]): string[] {
  const about = told.filter(({ detail }) => detail['letterId'] === id);
  const isWritten = about.some(({ act, contentHash: of }) => act === 'wrote' && of === contentHash);
  const isSettled = about.some(({ act }) => act === 'settledLetter');
  const isEnded = about.some(({ act, contentHash: of }) => act === state && of === mimeSha256);
  return [
    ...(isWritten ? [] : ['the timeline does not tell that it was written.']),
    ...(!ENDS.has(state) || isEnded || isSettled ? [] : [`the timeline does not tell that it is ${state}.`]),
  ];
}
