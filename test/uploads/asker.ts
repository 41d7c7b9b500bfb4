import { join } from 'node:path';
import { createReader } from '../../adapters/incoming-file/reader.ts';

// Starts a reader, says its number, and lets it do what the argument says; to be killed meanwhile.
const program = join(import.meta.dirname, 'hostile-tasks.ts');
const reader = createReader({ program, limits: { cpuSeconds: 3 } });
console.log(await reader.ask({ task: 'process', bytes: Buffer.alloc(0) }));
if (process.argv[2]) await reader.ask({ task: process.argv[2], bytes: Buffer.alloc(0) });
setInterval(() => {}, 1_000);
