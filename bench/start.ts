import { freePort } from '../embedded/ports.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { startTemporal } from '../embedded/temporal.ts';
import { secondsOf } from './numbers.ts';
import { until } from './pace.ts';
import { inPlace, type Place } from './place.ts';
import { startCommand } from './programs.ts';
import { type Row, row } from './row.ts';

/** `npm start` on an empty data folder until there is a page. The floor: its two servers alone, on empty folders. */
export async function measureStart(): Promise<Row[]> {
  const value = await inPlace(firstPage);
  const floor = await inPlace(({ folder, afterwards }) =>
    secondsOf(async () => {
      afterwards((await startPostgres({ folder })).stop);
      afterwards((await startTemporal({ folder })).stop);
    }),
  );
  return [row({ name: 'start to the first page', value, unit: 's', floor, bar: { atMost: 10 } })];
}

async function firstPage({ folder, afterwards }: Place): Promise<number> {
  const port = await freePort(4_000);
  return await secondsOf(async () => {
    const env = { FOCALPOINT_DATA: folder, PORT: String(port) };
    const product = startCommand({ command: 'npm', args: ['start'], env });
    afterwards(() => product.stop('SIGINT'));
    const look = () => answers(`http://127.0.0.1:${port}/`);
    await until({ what: 'the first page', seconds: 120, look });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: 'manual' })).status < 500;
  } catch {
    return false;
  }
}
