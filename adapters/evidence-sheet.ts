import { Worker } from 'node:worker_threads';
import type { Proof } from '../domain/proof.ts';
import type { Treaty } from '../domain/treaty.ts';
import { sheetContent } from './evidence-sheet/content.ts';

/** Sets evidence sheets: one page or two that a person can read, keep and check. */
export type EvidenceSheets = {
  /** A tagged PDF. The first takes some seconds, the next ones less than a tenth. Throws when it cannot be set. */
  print(wanted: { proof: Proof; treaty: Treaty }): Promise<Buffer>;
};

type Answer = { id: number; pdf?: Uint8Array; error?: string };

/** The press is started with the first sheet and does not keep the process alive; when it breaks, the next is new. */
export function createEvidenceSheets(): EvidenceSheets {
  const waiting = new Map<number, (answer: Answer) => void>();
  let press: Worker | null = null;
  let last = 0;
  const started = () => {
    const worker = new Worker(new URL('./evidence-sheet/press.mjs', import.meta.url), { execArgv: [] });
    worker.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
    worker.on('error', (error) => {
      press = null;
      for (const [id, done] of waiting) done({ id, error: error.message });
    });
    worker.unref();
    return worker;
  };
  return {
    async print(wanted) {
      const id = ++last;
      press ??= started();
      const answer = await new Promise<Answer>((done) => {
        waiting.set(id, done);
        press!.postMessage({ id, content: JSON.stringify(sheetContent(wanted)) });
      }).finally(() => waiting.delete(id));
      if (!answer.pdf) throw new Error(answer.error ?? 'The sheet cannot be set.');
      return Buffer.from(answer.pdf);
    },
  };
}
