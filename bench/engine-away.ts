import { setTimeout as pause } from 'node:timers/promises';
import type { Approval } from './crash/people.ts';
import { coordinatorsOf, setScene } from './crash/scene.ts';
import { unheard } from './crash/under-way.ts';
import { secondsOf } from './numbers.ts';
import { until } from './pace.ts';
import { inPlace } from './place.ts';
import { type Row, row, type Sizes } from './row.ts';

const SEED = 1;
const STATES = 3;

/**
 * Coordinators decide while the engine lies dead, spread over the time it is away: how long the slowest waits for an
 * answer, and how long after its return the last decision is in its workflow. Nothing smaller does the same.
 */
export async function measureEngineAway({ away: { seconds, decisions } }: Sizes): Promise<Row[]> {
  return await inPlace(async (place) => {
    const { stack, people, treaty } = await setScene({ place, seed: SEED, states: STATES, coordinators: decisions });
    const forms: Approval[] = [];
    for (const address of coordinatorsOf(treaty)) forms.push(await people.aboutToApprove(address));
    const took: number[] = [];
    await stack.withoutEngine(async () => {
      for (const { confirm } of forms) {
        took.push(1000 * (await secondsOf(confirm)));
        await pause((1000 * seconds) / decisions);
      }
    });
    const look = async () => (await unheard(stack)) === 0;
    const heardAfter = await secondsOf(() => until({ what: 'every decision is in its workflow', seconds: 120, look }));
    const name = `engine away ${seconds} s`;
    return [
      row({ name: `${name}: slowest answer`, value: Math.max(...took), unit: 'ms', bar: { atMost: 250 } }),
      row({ name: `${name}: last heard after its return`, value: heardAfter, unit: 's', bar: { atMost: 10 } }),
    ];
  });
}
