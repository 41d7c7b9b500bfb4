import { freePort } from '../embedded/ports.ts';
import type { Place } from './place.ts';
import { startOwn } from './programs.ts';

/** A web process of its own, so that whoever asks does not slow whoever answers. Returns its address. */
export async function startSite({ place, databaseUrl }: { place: Place; databaseUrl: string }): Promise<string> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const own = { PORT: String(port), BASE_URL: baseUrl, FOCALPOINT_DATA: place.folder, DATABASE_URL: databaseUrl };
  // Pages never talk to the engine, and these send no mail: nobody listens there.
  const unused = { TEMPORAL_ADDRESS: '127.0.0.1:9', SMTP_URL: 'smtp://127.0.0.1:9' };
  place.afterwards((await startOwn({ script: 'web/main.ts', env: { ...own, ...unused } })).stop);
  return baseUrl;
}

/** The same with nothing of ours in it: `POST /row` inserts one, `GET /page` shows one SELECT. */
export async function startBareSite({ place, databaseUrl }: { place: Place; databaseUrl: string }): Promise<string> {
  const port = await freePort();
  place.afterwards((await startOwn({ script: 'bench/bare/web.ts', args: [databaseUrl, String(port)] })).stop);
  return `http://127.0.0.1:${port}`;
}
