import { join } from 'node:path';
import { createChance } from '../../simulator/chance.ts';
import { type AcceptedLetter, type Heard, startFaultySmtp } from '../../test/support/faulty-smtp.ts';
import { createFaults } from './faults.ts';
import { messageIdOf, openLog, type PeerLine, SENDERS, type Sender, type Unwritten } from './log.ts';

/** Where a letter can be when something is killed: claimed, around its marker, past its dot, answered. */
export type Moment = 'mail' | 'body' | 'dot' | 'answered';

/** What the bench orders of its mail server, and what it hears from it. */
export type Order = { faults: boolean } | { aim: Moment | null };
export type Report = { urls: Record<Sender, string> } | { reached: Sender } | { accepted: AcceptedLetter };

/** How long the answer waits at a moment that was aimed at, so that the blow falls first. */
const HOLD_MS = 400;

/** The mail server of the fault bench, a process of its own: `peer.ts <folder> <seed>`. Ends with its parent. */
const [folder = '.', seed] = process.argv.slice(2);
const faults = createFaults({ chance: createChance(Number(seed)) });
const write = openLog<PeerLine>(join(folder, 'peer.log'));
let aim: Moment | null = null;

process.once('disconnect', () => process.exit(0));
process.on('message', (order: Order) => {
  if ('aim' in order) aim = order.aim;
  else faults.turn(order.faults);
});

const urls = await Promise.all(SENDERS.map(async (by) => [by, await serve(by)]));
tell({ urls: Object.fromEntries(urls) });

/** A server for one sender alone. */
async function serve(by: Sender): Promise<string> {
  const smtp = await startFaultySmtp({
    faultAt({ session: number, step }) {
      const isAwaited = isReached({ moment: step, by });
      const session = `${by} ${number}`;
      const fault = faults.at({ session, step });
      if (fault) write({ session, event: 'fault', step, shape: fault.shape, drops: fault.drops ?? false });
      return fault ?? (isAwaited && step !== 'body' ? { at: step, afterMs: HOLD_MS } : null);
    },
    hears(heard) {
      const line = lineOf({ heard, by });
      if (line) write(line);
      if (heard.what === 'accepted') tell({ accepted: heard.letter });
      if (heard.what === 'answered') isReached({ moment: heard.what, by });
    },
  });
  return smtp.url;
}

/** Is this the moment that was aimed at? Then it is said, once. */
function isReached({ moment, by }: { moment: string; by: Sender }): boolean {
  if (moment !== aim) return false;
  tell({ reached: by });
  aim = null;
  return true;
}

function tell(report: Report): void {
  process.send?.(report);
}

/** Of the steps before the text only the recipient is worth a line. */
function lineOf({ heard, by }: { heard: Heard; by: Sender }): Unwritten<PeerLine> | null {
  const { what, letter } = heard;
  const session = `${by} ${heard.session}`;
  if (what === 'opened') return { session, event: what, by };
  if (what === 'answered' || what === 'closed') return { session, event: what };
  if (what === 'data') return { session, event: 'recipient', to: letter.to.at(-1) ?? '' };
  if (what === 'body') return { session, event: what, messageId: messageIdOf(letter.mime) };
  if (what !== 'accepted') return null;
  return { session, event: what, to: [...letter.to], mime: Buffer.from(letter.mime, 'latin1').toString('base64') };
}
