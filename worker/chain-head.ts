import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../adapters/clock.ts';
import type { Letters } from '../adapters/letters.ts';
import { lettersInForce } from '../adapters/letters-in-force.ts';
import { composeMime } from '../adapters/mime.ts';
import type { Post } from '../adapters/post.ts';
import { chainHead } from '../adapters/proof.ts';
import { type Records, writeTimeline } from '../adapters/records.ts';
import { dateAt, instantOf, longMoment, plainDate } from '../domain/calendar.ts';
import type { Treaty } from '../domain/treaty.ts';

/** Mails the last hash of the timeline to somebody outside, once a day: what is before it can no longer be changed. */
export type ChainHead = {
  /** True when today's mail has gone, now or earlier; false when nothing has happened yet or the mail server is away. */
  mailToday(): Promise<boolean>;
  run(signal: AbortSignal): Promise<void>;
};

const LOOK_EVERY_MS = 10 * 60_000;

type Deps = {
  records: Records;
  letters: Letters;
  post: Post;
  treaty: Treaty;
  clock: Clock;
  log: Logger;
  mailFrom: string;
  /** Null: nobody outside keeps it. */
  to: string | null;
};

export function createChainHead(deps: Deps): ChainHead {
  const mailToday = () => mailOnce(deps);
  return {
    mailToday,
    async run(signal) {
      while (!signal.aborted && deps.to !== null) {
        await mailToday().catch((error: Error) => deps.log.warn({ error: error.name }, 'the chain’s head waits'));
        await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
      }
    },
  };
}

/** The entry follows the mail: a worker that dies between them mails twice, which harms nobody; never not at all. */
async function mailOnce(deps: Deps): Promise<boolean> {
  const { records, clock, treaty, to } = deps;
  const zone = treaty.policy.treatyTimeZone;
  const now = clock.now();
  const on = dateAt(now.getTime(), zone);
  const since = new Date(instantOf(on, '00:00', zone));
  if (await records.timelineEntry.findFirst({ where: { act: 'mailedHead', at: { gte: since } } })) return true;
  const head = await chainHead(records);
  if (!head || to === null || !(await mail(deps, { head, on, now, to }))) return false;
  const detail = { entry: head.seq, hash: head.hash };
  const act = { caseId: null, at: now, actor: 'engine', door: 'engine', act: 'mailedHead', detail } as const;
  await records.$transaction((tx) => writeTimeline(tx, act));
  return true;
}

type Mail = { head: { seq: number; hash: string; at: Date }; on: string; now: Date; to: string };

async function mail(deps: Deps, { head, on, now, to }: Mail): Promise<boolean> {
  const { post, treaty, mailFrom } = deps;
  const letters = await lettersInForce(deps);
  const values = {
    on: plainDate(on, 'en'),
    entry: head.seq,
    hash: head.hash,
    at: longMoment(head.at.getTime(), 'en', treaty.policy.treatyTimeZone),
    officeName: treaty.office.name.en,
  };
  const { subject, text, html } = letters.render({ template: 'console/chain-head', language: 'en', values });
  const id = randomUUID();
  const from = { name: treaty.office.name.en, address: mailFrom };
  const messageId = `<${id}@${mailFrom.split('@')[1]}>`;
  const mime = await composeMime({
    from,
    to: { address: to },
    replyTo: from,
    subject,
    text,
    html,
    messageId,
    date: now,
  });
  const envelope = { envelopeFrom: mailFrom, envelopeTo: to };
  const delivery = await post.deliver({ key: id, attempt: 1, ...envelope, mime, beforeDot: async () => true });
  return delivery.kind === 'accepted';
}
