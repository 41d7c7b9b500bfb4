import { loadTreaty } from '../../adapters/treaty.ts';
import { proveVirusCheck } from '../../adapters/virus-check.ts';
import { treatyFolder } from '../../config/index.ts';
import type { Place } from '../doctor.ts';

const PATIENCE = 30_000;

/** Lets it look at harmless bytes and at the test file of eicar.org: one that lets everything pass is worse than none. */
export async function examineVirusCheck({ env }: Place): Promise<string> {
  const url = env['CLAMD_URL'];
  if (!url) return 'files that come in are not checked for viruses; set CLAMD_URL where a clamd listens';
  const { maxBytes } = loadTreaty({ folder: treatyFolder(env) }).policy.upload;
  try {
    return `${await proveVirusCheck({ url, maxBytes, patienceMs: PATIENCE })} finds the test file`;
  } catch (error) {
    throw new Error(
      `files that come in are refused: the virus check at ${url} is not fit (${(error as Error).message})`,
    );
  }
}
