import { measureDecision } from './decision/measure.ts';
import { measureBoard } from './board.ts';
import { TRIAL, table } from './row.ts';
if (process.argv[2] !== 'board') console.log(table(await measureDecision({ ...TRIAL, decisions: 500 })));
else console.log(table(await measureBoard({ ...TRIAL, many: 600, looks: 20 })));
process.exit();
