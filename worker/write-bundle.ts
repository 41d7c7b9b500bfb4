import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workflowBundle } from './bundle.ts';

/** Makes the workflows' script in place of the older ones beside it, and leaves: `node write-bundle.ts <file>`. */
const file = process.argv[2]!;
const { code } = await workflowBundle();
// Two workers may start at once: each finds a whole file or none.
const draft = `${file}.${process.pid}`;
writeFileSync(draft, code);
renameSync(draft, file);
const older = readdirSync(dirname(file)).filter((name) => /^workflows.*\.cjs$/.test(name) && name !== basename(file));
for (const name of older) rmSync(join(dirname(file), name));
