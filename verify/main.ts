import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { PROOF_FORMAT, type Proof, type ProvenLetter } from '../domain/proof.ts';
import { approvalFaults } from './approvals.ts';
import { chainFaults, toldBy } from './chain.ts';
import { letterFaults } from './letters.ts';

/**
 * Checks an exported proof with nothing but its files: no database, no engine, no network. Returns a sentence for each
 * thing that is wrong; none means that it holds. Throws a plain Error when the folder is no export of ours.
 */
export async function verifyProof(folder: string): Promise<{ proof: Proof; faults: string[] }> {
  const proof = readProof(folder);
  const told = toldBy(proof);
  const bytesOf = ({ file }: ProvenLetter) => readIn(folder, file);
  const faults = [
    ...chainFaults(proof),
    ...approvalFaults({ ...proof, told }),
    ...(await letterFaults({ ...proof, told, bytesOf })),
  ];
  return { proof, faults };
}

/** The command: prints what was checked and what is wrong. Returns the exit code. */
export async function verify(folder: string, say: (line: string) => void): Promise<number> {
  const { proof, faults } = await verifyProof(folder);
  for (const fault of faults) say(fault);
  const { chain, approvals, letters } = proof;
  const head = chain.at(-1);
  say(`Checked: ${chain.length} entries of the timeline, ${approvals.length} approvals, ${letters.length} letters.`);
  if (head)
    say(`The last entry is ${head.seq}, with the hash ${head.hash}. Compare it with the one mailed on that day.`);
  say(faults.length === 0 ? 'Everything fits.' : `${faults.length} things do not fit.`);
  return faults.length === 0 ? 0 : 1;
}

function readProof(folder: string): Proof {
  const bytes = readIn(folder, 'proof.json');
  if (!bytes) throw new Error(`There is no proof.json in ${folder}. \`focalpoint export proof\` makes one.`);
  try {
    const proof = JSON.parse(bytes.toString('utf8')) as Proof;
    if (proof.format === PROOF_FORMAT) return proof;
  } catch {
    // Said below, as for a file of another kind.
  }
  throw new Error(`The file proof.json in ${folder} is not one of ours (${PROOF_FORMAT}), or is damaged.`);
}

/** A file of the export; null when it is not there or its name leads out of the folder. */
function readIn(folder: string, name: string): Buffer | null {
  if (normalize(name).startsWith('..')) return null;
  try {
    return readFileSync(join(folder, name));
  } catch {
    return null;
  }
}
