import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { can } from '../../domain/permissions.ts';
import { createWeb } from '../../web/app.ts';
import { formOf } from '../../web/security.ts';
import { seedDecisionLink, seedPlan } from '../support/seed.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const STRICT =
  "default-src 'none';style-src 'self';img-src 'self';font-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'";

describe('every page', () => {
  it('is closed to scripts, frames, caches, search engines, and keeps its address to itself', async () => {
    for (const url of ['/sign-in', '/a/x.y', '/u/x.y', '/nowhere']) {
      const { headers } = await site.app.inject(url);
      expect(headers['content-security-policy']).toBe(STRICT);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  it('loads only what we serve, under addresses that change with the content', async () => {
    const { body } = await site.app.inject('/sign-in');
    const loaded = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    expect(loaded.length).toBeGreaterThan(1);
    for (const url of loaded) {
      const { statusCode, headers } = await site.app.inject(url);
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toContain('immutable');
    }
    const css = (await site.app.inject(loaded.find((url) => url.endsWith('.css'))!)).body;
    expect(css).not.toMatch(/url\(['"]?http|@import|GDS Transport|crest\.svg/);
    const fonts = [...css.matchAll(/url\(([^)]+)\)/g)].map((match) => match[1]!);
    for (const url of fonts) expect((await site.app.inject(url)).statusCode).toBe(200);
  });

  it('that does not exist says so, also for an address nobody could type', async () => {
    const strange = ['/nowhere', '/assets/none.css', '/%', `/${'a'.repeat(60_000)}`, '/cases/%00', '/a/%2e%2e/review'];
    for (const url of strange) expect([302, 303, 404]).toContain((await site.app.inject(url)).statusCode);
  });

  it('answers with a line when a request is no request', async () => {
    const answer = await new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect(Number(new URL(site.baseUrl).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (chunk) => (heard += String(chunk))).on('close', () => resolve(heard));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect((await fetch(`${site.baseUrl}/a/${'a'.repeat(65_536)}`)).status).toBe(404);
  });
});

describe('on https', () => {
  it('cookies bind to the host and never leave over plain http', async () => {
    const { records, treaty } = site;
    const app = await createWeb({ ...site.app.deps, records, treaty, baseUrl: 'https://focalpoint.example' });
    const approvalId = await seedPlan(site);
    const { id } = await site.person('coordinator');
    const token = await seedDecisionLink(site, { approvalId, personId: id });
    const opened = await app.inject(`/a/${token}`);
    expect(opened.headers['set-cookie']).toMatch(
      /^__Host-a-[\w-]{24}=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(opened.headers['strict-transport-security']).toContain('max-age=31536000');
    await app.close();
  });
});

describe('the log', () => {
  it('holds routes and statuses, no token, name or address', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const broken = new Proxy(site.records, {
      get: (records, key) => {
        if (key === '$queryRaw') return () => Promise.reject(new Error('ana.vella@mission-malta.example'));
        return Reflect.get(records, key) as unknown;
      },
    });
    const app = await createWeb({ ...site.app.deps, records: broken, logger: pino(sink) });
    const answer = await app.inject({
      url: '/a/SELECTOR.SECRET?email=a@b.example',
      headers: { 'user-agent': 'Ana Vella' },
    });
    expect(answer.statusCode).toBe(500);
    const reference = /quote ([0-9A-F]{8})/.exec(answer.body)![1]!;
    expect(answer.body).toContain('Nothing that was recorded before is lost.');
    const log = lines.join('');
    expect(log).toContain(reference);
    expect(log).toContain('"route":"/a/:token"');
    expect(log).not.toMatch(/SECRET|SELECTOR|@|Vella/);
    await app.close();
  });
});

describe('a form', () => {
  it('counts only fields given once, as text', () => {
    const body = { choice: ['approve', 'refuse'], comment: 'x\u0000', file: {}, __proto__: { role: 'admin' } };
    expect(formOf({ body, isMultipart: () => false } as never)).toEqual({ comment: 'x' });
  });

  it('of more than four million characters is refused with a page', async () => {
    const answer = await site.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { origin: site.baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `email=${'x'.repeat(5_000_000)}`,
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('This form is too long');
  });
});

describe('permissions', () => {
  it('are denied unless they are given', () => {
    expect(can({ role: 'admin' }, 'cycle.open')).toBe(true);
    expect(can({ role: 'officer' }, 'cycle.open')).toBe(false);
    expect(can({ role: 'officer' }, 'report.file')).toBe(true);
    expect(can({ role: 'auditor' }, 'task.answer')).toBe(false);
    expect(can({ role: 'auditor' }, 'task.read')).toBe(true);
    expect(can({ role: 'coordinator' }, 'task.read')).toBe(false);
    for (const role of ['', 'root', '__proto__', 'constructor']) expect(can({ role }, 'board.read')).toBe(false);
  });

  it('are asked for on every page of the console', async () => {
    for (const url of ['/', '/calendar', '/tasks', '/cycles', '/cases/ccm/2028/cycle'])
      expect((await site.app.inject(url)).headers.location).toBe('/sign-in');
    for (const url of ['/tasks/x', '/cycles', '/cases/x']) {
      const answer = await site.app.inject({ method: 'POST', url, headers: { origin: site.baseUrl } });
      expect([403, 404]).toContain(answer.statusCode);
    }
  });

  it('are an argument of every route: none but assets is declared in another way', () => {
    const web = resolve(import.meta.dirname, '../../web');
    const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const declaring = sources.filter((name) =>
      /\bapp\.(get|post|put|patch|delete|head|all|route)\(/.test(readFileSync(resolve(web, name), 'utf8')),
    );
    expect(declaring.sort()).toEqual(['route.ts', 'routes/assets.ts']);
  });
});
