import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { secretHash } from '../adapters/links.ts';
import type { Records } from '../adapters/records.ts';
import { loadTreaty } from '../adapters/treaty.ts';
import { cycleYear } from '../domain/cycle.ts';
import { seedCycle, seedManyCases, seedOffice } from '../test/support/seed-cases.ts';
import { median, secondsOf } from './numbers.ts';
import { database, inPlace } from './place.ts';
import { ROOT } from './programs.ts';
import { type Row, row, type Sizes } from './row.ts';
import { startBareSite, startSite } from './sites.ts';

const HOURS = 3_600_000;
const WARMING = 10;

type Looked = { milliseconds: number; kilobytes: number };

/** The board as an officer who is signed in asks for it. The floor is a page with one SELECT and nothing around it. */
export async function measureBoard({ many, looks }: Sizes): Promise<Row[]> {
  return await inPlace(async (place) => {
    const { url: databaseUrl, records } = await database(place);
    const treaty = loadTreaty({ folder: join(ROOT, 'treaties/ccm') });
    const now = new Date();
    // The year whose reports are in: its rows are the fullest.
    const year = cycleYear({ policy: treaty.policy, on: now.toISOString().slice(0, 10), upcoming: false }) - 1;
    const seeding = { records, treaty, year, now };
    await seedOffice(seeding);
    await seedCycle(seeding);
    const board = `${await startSite({ place, databaseUrl })}/board?year=${year}`;
    const bare = `${await startBareSite({ place, databaseUrl })}/page`;
    const cookie = await signedIn(records);
    const ofStates = await look({ url: board, cookie, times: looks });
    const floor = await look({ url: bare, cookie, times: looks });

    const cases = { caseType: 'report-intake', year };
    await seedManyCases({ ...seeding, count: Math.max(0, many - (await records.case.count({ where: cases }))) });
    const all = await records.case.count({ where: cases });
    const ofMany = await look({ url: board, cookie, times: looks });
    const manyFloor = await look({ url: bare, cookie, times: looks });
    return [
      row({
        name: `board of ${treaty.states.length} States`,
        value: ofStates.milliseconds,
        unit: 'ms',
        floor: floor.milliseconds,
        bar: { atMost: 30 },
      }),
      row({
        name: `board of ${treaty.states.length} States: size`,
        value: ofStates.kilobytes,
        unit: 'KB',
        bar: { atMost: 150 },
      }),
      row({
        name: `board of ${all} cases`,
        value: ofMany.milliseconds,
        unit: 'ms',
        floor: manyFloor.milliseconds,
        bar: { atMost: 150 },
      }),
    ];
  });
}

/** A session of an officer; returns the cookie their browser would hold. */
async function signedIn(records: Records): Promise<string> {
  const { id: personId } = await records.person.findFirstOrThrow({ where: { role: 'officer' } });
  const token = randomBytes(32).toString('base64url');
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + HOURS);
  await records.session.create({ data: { tokenHash: secretHash(token), personId, createdAt, expiresAt } });
  return `session=${token}`;
}

/** The median of so many looks at a page, one after the other, once it is warm; and the bytes of its HTML. */
async function look({ url, cookie, times }: { url: string; cookie: string; times: number }): Promise<Looked> {
  const took: number[] = [];
  let bytes = 0;
  for (let at = 0; at < WARMING + times; at++) {
    const seconds = await secondsOf(async () => {
      const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });
      bytes = (await answer.arrayBuffer()).byteLength;
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
    });
    if (at >= WARMING) took.push(1000 * seconds);
  }
  return { milliseconds: median(took), kilobytes: bytes / 1024 };
}
