import { join } from 'node:path';
import type { LinkToken } from '../../adapters/links.ts';
import { loadTreaty } from '../../adapters/treaty.ts';
import { seedRegister } from '../../prisma/seed.ts';
import { percentile, secondsOf } from '../numbers.ts';
import { eachOf, say } from '../pace.ts';
import { database, inPlace } from '../place.ts';
import { ROOT } from '../programs.ts';
import { type Row, row, type Sizes } from '../row.ts';
import { startBareSite, startSite } from '../sites.ts';
import { confirmForm, type Form, send } from './form.ts';
import { seedApprovals } from './seed.ts';

const AT_ONCE = 20;

type Answered = { perSecond: number; p99: number };

/**
 * The last POST of a decision, from its form to the answer, twenty at a time; each with an approval and a link of its
 * own, through the real pages up to the check page. The floor is a form whose answer inserts one row.
 */
export async function measureDecision({ decisions }: Sizes): Promise<Row[]> {
  const { ours, bare } = await inPlace(async (place) => {
    const { url: databaseUrl, records } = await database(place);
    const treaty = loadTreaty({ folder: join(ROOT, 'treaties/ccm') });
    await seedRegister({ records, treaty, now: new Date() });
    const warming = Math.ceil(decisions / 10);
    const links = await seedApprovals({ records, treaty, count: decisions + warming });
    const baseUrl = await startSite({ place, databaseUrl });
    const bareUrl = await startBareSite({ place, databaseUrl });
    say(`  opening ${links.length} links up to the check page`);
    const forms: Form[] = [];
    const walk = async (link: LinkToken) => void forms.push(await confirmForm({ baseUrl, link }));
    await eachOf({ all: links, atOnce: AT_ONCE, act: walk });
    const bareForms = forms.map(({ cookie, fields }) => ({ url: `${bareUrl}/row`, cookie, fields }));
    const measured = { bare: await post(bareForms, warming), ours: await post(forms, warming) };
    const kept = await records.decision.count();
    if (kept !== links.length) throw new Error(`${links.length} decisions were given and ${kept} are kept.`);
    return measured;
  });
  const name = `decision, ${AT_ONCE} at a time`;
  return [
    row({ name: `${name}: p99`, value: ours.p99, unit: 'ms', floor: bare.p99, bar: { atMost: 100 } }),
    row({ name: `${name}: rate`, value: ours.perSecond, unit: '/s', floor: bare.perSecond, bar: { atLeast: 200 } }),
  ];
}

/** The first `warming` are not counted. */
async function post(forms: Form[], warming: number): Promise<Answered> {
  await eachOf({ all: forms.slice(0, warming), atOnce: AT_ONCE, act: send });
  const took: number[] = [];
  const all = forms.slice(warming);
  const act = async (form: Form) => void took.push(1000 * (await secondsOf(() => send(form))));
  const seconds = await secondsOf(() => eachOf({ all, atOnce: AT_ONCE, act }));
  return { perSecond: all.length / seconds, p99: percentile(took, 99) };
}
