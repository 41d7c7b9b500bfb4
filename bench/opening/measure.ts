import { startTemporal } from '../../embedded/temporal.ts';
import { median } from '../numbers.ts';
import { say } from '../pace.ts';
import { database, inPlace } from '../place.ts';
import { type Row, row, type Sizes } from '../row.ts';
import { openFloor } from './floor.ts';
import { type Idle, idleOf } from './idle.ts';
import { openProduct } from './product.ts';

type Opened = { value: number; floor: number; idle: { product: Idle; bare: Idle } | null };

/**
 * From the Coordinators' approval until every report case has its row and waits, against bare workflows on the same
 * server; then what the worker that holds them needs while nothing happens.
 */
export async function measureOpening({ states, many, rounds, idling }: Sizes): Promise<Row[]> {
  const bar = { timesFloor: 1.3 };
  const few = await opened({ cases: states, rounds, idling: null });
  const all = await opened({ cases: many, rounds: 1, idling });
  const { product, bare } = all.idle!;
  const held = `idle worker with ${many} open cases`;
  return [
    row({ name: `opening ${states} cases`, value: few.value, unit: 's', floor: few.floor, bar }),
    row({ name: `opening ${many} cases`, value: all.value, unit: 's', floor: all.floor, bar }),
    row({ name: `${held}: memory`, value: product.megabytes, unit: 'MB', floor: bare.megabytes, bar: { atMost: 450 } }),
    row({
      name: `${held}: CPU`,
      value: product.percentOfCore,
      unit: '% of a core',
      floor: bare.percentOfCore,
      bar: { atMost: 2 },
    }),
  ];
}

/** Ours and the floor's by turns on one server, so that both meet it equally full; the median of each. */
async function opened({
  cases,
  rounds,
  idling,
}: {
  cases: number;
  rounds: number;
  idling: Sizes['idling'] | null;
}): Promise<Opened> {
  return await inPlace(async (place) => {
    const given = { place, database: await database(place), address: await engine(place) };
    const floor = await openFloor(given);
    const product = await openProduct({ ...given, states: cases });
    const took: { product: number; floor: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const bare = await floor.open({ round, cases });
      say(`  ${cases} bare workflows wait after ${bare.toFixed(2)} s`);
      const ours = await product.open({ round, cases });
      say(`  ${cases} report cases wait after ${ours.toFixed(2)} s`);
      took.push({ product: ours, floor: bare });
    }
    const pids = [product.worker.pid, floor.worker.pid];
    const idle = idling && (await idleOf({ pids, ...idling }));
    return {
      value: median(took.map((each) => each.product)),
      floor: median(took.map((each) => each.floor)),
      idle: idle && { product: idle[0]!, bare: idle[1]! },
    };
  });
}

async function engine({
  folder,
  afterwards,
}: {
  folder: string;
  afterwards: (stop: () => unknown) => void;
}): Promise<string> {
  const temporal = await startTemporal({ folder });
  afterwards(temporal.stop);
  return temporal.address;
}
