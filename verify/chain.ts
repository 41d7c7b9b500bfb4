import { createHash } from 'node:crypto';
import { type Proof, type Told, toldIn } from '../domain/proof.ts';

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The chain of the timeline, entry by entry: what it says fits its hash, and its hash holds the one before. */
export function chainFaults({ chain }: Pick<Proof, 'chain'>): string[] {
  const faults: string[] = [];
  let previous = '';
  let last = 0;
  for (const { seq, hash, bodyHash, body } of chain) {
    if (seq <= last) faults.push(`Entry ${seq} of the timeline stands out of order.`);
    if (body !== null && sha256(body) !== bodyHash) faults.push(`Entry ${seq} of the timeline says something else.`);
    if (sha256(`${previous}\n${bodyHash}`) !== hash)
      faults.push(`Entry ${seq} of the timeline does not follow the one before: something was changed or removed.`);
    previous = hash;
    last = seq;
  }
  return faults;
}

/** What the open entries of the chain tell, for the checks that ask whether an effect is in it. */
export function toldBy({ chain }: Pick<Proof, 'chain'>): Told[] {
  return chain.flatMap(({ body }) => (body === null ? [] : [toldIn(body)]));
}
