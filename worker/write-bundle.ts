import { writeFileSync } from 'node:fs';
import { workflowBundle } from './bundle.ts';

/** Makes the workflows' script and leaves: `node write-bundle.ts <file>`. */
const { code } = await workflowBundle();
writeFileSync(process.argv[2]!, code);
