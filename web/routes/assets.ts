import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { patterns } from '../paths.ts';

type Asset = { address: string; type: string; bytes: Buffer; packed: Buffer | null };

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const FONTS = ['latin', 'latin-ext'].flatMap((script) =>
  [400, 700].map((weight) => `noto-sans-${script}-${weight}-normal.woff2`),
);

/** Over govuk-frontend's, in this order. */
const SHEETS = ['focalpoint.css', 'console.css'];

/** What pages load: our own style sheet, font, icon and scripts, each under an address that changes with its content. */
export function readAssets(): Map<string, Asset> {
  const { resolve } = createRequire(import.meta.url);
  const own = join(import.meta.dirname, '../assets');
  const assets = new Map<string, Asset>();
  const add = (name: string, bytes: Buffer) => assets.set(name, asset(name, bytes));
  for (const font of FONTS) add(font, readFileSync(resolve(`@fontsource/noto-sans/files/${font}`)));
  const pictures = readdirSync(own).filter((each) => /\.(svg|js)$/.test(each));
  for (const name of pictures) add(name, readFileSync(join(own, name)));
  add('htmx.min.js', readFileSync(resolve('htmx.org/dist/htmx.min.js')));
  const govuk = withoutTheirMarks(readFileSync(resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8'));
  const ours = SHEETS.filter((each) => existsSync(join(own, each))).map((each) =>
    readFileSync(join(own, each), 'utf8'),
  );
  const fontAt = (_: string, font: string) => `url(${assets.get(font)!.address})`;
  add('focalpoint.css', Buffer.from([govuk, ...ours].join('\n').replace(/url\(([\w-]+\.woff2)\)/g, fontAt)));
  return assets;
}

/** The font and the crest belong to the government of the United Kingdom and may only be used on its own sites. */
function withoutTheirMarks(css: string): string {
  return css
    .replace(/@font-face\{[^}]*GDS Transport[^}]*\}/g, '')
    .replace(/url\(\/assets\/images\/govuk-crest\.svg\)/g, 'none')
    .replaceAll('GDS Transport', 'Noto Sans')
    .replace(/\/\*[#!].*?\*\//gs, '');
}

function asset(name: string, bytes: Buffer): Asset {
  const [, stem, ending] = /^(.+)\.(\w+)$/.exec(name)!;
  const print = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const packed = ending === 'woff2' ? null : gzipSync(bytes, { level: 9 });
  return { address: `/assets/${stem}.${print}.${ending}`, type: TYPES[ending!]!, bytes, packed };
}

export function assetRoutes(app: FastifyInstance, assets: Map<string, Asset>): void {
  const byAddress = new Map([...assets.values()].map((each) => [each.address, each]));
  // Not declared through `route`: an asset has no reader, sets no cookie and is the same for everybody.
  app.get(patterns.assets, (request, reply) => {
    const found = byAddress.get(request.url);
    if (!found) return reply.callNotFound();
    void reply
      .type(found.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    const mayPack = found.packed && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    return mayPack ? reply.header('content-encoding', 'gzip').send(found.packed) : reply.send(found.bytes);
  });
}
