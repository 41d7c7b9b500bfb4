import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openStore, type Store } from '../../embedded/mailbox/store.ts';
import type { AcceptedLetter } from '../../test/support/faulty-smtp.ts';
import type { Place } from '../place.ts';
import { ROOT } from '../programs.ts';
import type { Sender } from './log.ts';
import type { Moment, Order, Report } from './peer.ts';

/** The bench's mail server, seen from the bench: what it accepted, how it is made to fail, what can be waited for. */
export type MailServer = {
  urls: Record<Sender, string>;
  /** What it accepted, for those it is addressed to. */
  mail: Store;
  fails(on: boolean): void;
  /** Resolves with the sender of the next letter that comes to this moment; null when none has within `patienceMs`. */
  reaches(moment: Moment, patienceMs: number): Promise<Sender | null>;
};

export async function startMailServer({ place, seed }: { place: Place; seed: number }): Promise<MailServer> {
  const args = [place.folder, String(seed)];
  const peer = fork(join(ROOT, 'bench/crash/peer.ts'), args, { cwd: ROOT, execArgv: ['--import', 'tsx'] });
  place.afterwards(() => end(peer));
  const mail = openStore({});
  const order = (given: Order) => void peer.send(given);
  const urls = new Promise<Record<Sender, string>>((resolve, reject) => {
    peer.once('exit', () => reject(new Error('The mail server of the bench has ended.')));
    peer.on('message', (report: Report) => {
      if ('urls' in report) resolve(report.urls);
      if ('accepted' in report) void mail.add(messageOf(report.accepted));
    });
  });
  return {
    urls: await urls,
    mail,
    fails: (on) => order({ faults: on }),
    async reaches(moment, patienceMs) {
      order({ aim: moment });
      const by = await heard({ peer, patienceMs });
      if (!by) order({ aim: null });
      return by;
    },
  };
}

function messageOf({ mime, ...envelope }: AcceptedLetter) {
  return { raw: Buffer.from(mime, 'latin1'), envelope, receivedAt: new Date() };
}

/** Whose letter it says has come where it was aimed at; null when it does not within that time. */
function heard({ peer, patienceMs }: { peer: ChildProcess; patienceMs: number }): Promise<Sender | null> {
  return new Promise((resolve) => {
    const hear = (report: Report) => {
      if ('reached' in report) answer(report.reached);
    };
    const late = setTimeout(() => answer(null), patienceMs);
    const answer = (by: Sender | null) => {
      clearTimeout(late);
      peer.off('message', hear);
      resolve(by);
    };
    peer.on('message', hear);
  });
}

async function end(peer: ChildProcess): Promise<void> {
  if (peer.exitCode !== null || peer.signalCode !== null) return;
  peer.disconnect();
  await once(peer, 'exit');
}
