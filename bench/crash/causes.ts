import type { BlowLine, PeerLine, Sender } from './log.ts';
import type { Rows } from './record.ts';

type Letter = Rows['letters'][number];

/** One session of the mail server: when, about which letter, what was made to go wrong. */
export type Session = {
  by: Sender | null;
  from: number;
  until: number;
  to: string[];
  messageId: string | null;
  faults: { step: string; shape: string; drops: boolean }[];
};

/** How long after its session a letter's row may still be on its way, and what may still hit it (milliseconds). */
const WRITING = 5_000;
/** How long the database is away when it is killed. */
const RECOVERY = 5_000;

export function sessionsOf(peer: PeerLine[]): Session[] {
  const sessions = new Map<string, Session>();
  const last = peer.at(-1)?.at ?? 0;
  for (const line of peer) {
    const { session: number, at } = line;
    const session = sessions.get(number) ?? { by: null, from: at, until: last, to: [], messageId: null, faults: [] };
    sessions.set(number, session);
    if (line.event === 'opened') session.by = line.by;
    if (line.event === 'recipient') session.to.push(line.to);
    if (line.event === 'body') session.messageId = line.messageId;
    if (line.event === 'fault') session.faults.push(line);
    if (line.event === 'closed') session.until = at;
  }
  return [...sessions.values()];
}

/** What was done to a letter of which nobody knows whether it arrived; null: nothing, and then it is our fault. */
export function causeOf({
  letter,
  sessions,
  blows,
}: {
  letter: Letter;
  sessions: Session[];
  blows: BlowLine[];
}): string | null {
  for (const session of sessions.filter((each) => isAbout(each, letter))) {
    const fault = session.faults.find(({ step, drops }) => drops && (step === 'body' || step === 'dot'));
    if (fault) return fault.shape;
    const blow = blows.find((each) => hits(each, session));
    if (blow) return `${blow.part} killed`;
  }
  return null;
}

function isAbout({ to, messageId }: Session, letter: Letter): boolean {
  return messageId ? messageId === letter.messageId : to.includes(letter.recipient);
}

/**
 * Only the worker whose letter it was and the database hold a letter past its marker. One that was stopped for a while
 * hears the answer late, and then the letter is known.
 */
function hits({ at, part, frozenFor }: BlowLine, { by, from, until }: Session): boolean {
  if (frozenFor !== null) return false;
  if (part === by) return at >= from && at <= until + WRITING;
  return part === 'postgres' && at + RECOVERY >= from && at <= until + WRITING;
}
