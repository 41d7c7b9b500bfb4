import { readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { startMailbox } from '../../embedded/mailbox.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { database, inPlace } from '../place.ts';
const variants: [string, string, string[]][] = [
  ['as is', 'bench/zz/main.ts', []],
  ['prebundled', 'bench/zz/pre.ts', []],
  ['prebundled, semi 4, optimize size', 'bench/zz/pre.ts', ['--max-semi-space-size=4', '--optimize-for-size']],
];
await inPlace(async (place) => {
  const { url } = await database(place);
  const temporal = await startTemporal({ folder: place.folder });
  place.afterwards(temporal.stop);
  const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
  place.afterwards(mailbox.stop);
  const file = place.folder + '/bundle.cjs';
  writeFileSync(file, (await workflowBundle()).code);
  for (const [name, script, flags] of variants) {
    const t = performance.now();
    const child = spawn(process.execPath, [...flags, '--import', 'tsx', script], { stdio: ['ignore', 2, 2, 'ipc'], env: { ...process.env, ZZ_BUNDLE: file, LOG_LEVEL: 'warn', DATABASE_URL: url, TEMPORAL_ADDRESS: temporal.address, SMTP_URL: mailbox.smtpUrl, MAILBOX_URL: mailbox.webUrl, BASE_URL: 'http://localhost', FOCALPOINT_DATA: place.folder, TZ: 'UTC' } });
    await new Promise((done) => child.once('message', done));
    const ready = performance.now() - t;
    await pause(8000);
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/(VmHWM|VmRSS|RssAnon|RssFile):\s+\d+/g);
    console.log(name, Math.round(ready), 'ms', status);
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
  }
});
