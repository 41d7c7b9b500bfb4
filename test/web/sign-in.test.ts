import { setTimeout as pause } from 'node:timers/promises';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

async function askFor(email: string) {
  const visitor = site.visitor();
  const answer = await visitor.submit(await visitor.get('/sign-in'), { has: 'email', fields: { email } });
  for (let tries = 0; tries < 40 && site.mails.length === 0 && email.endsWith('isu.example'); tries++) await pause(25);
  return { visitor, answer };
}

async function mailedLink(role = 'admin'): Promise<string> {
  site.mails.length = 0;
  const { email } = await site.person(role);
  await askFor(email);
  return /\/s\/[\w.-]+/.exec(site.mails[0]!.text)![0];
}

async function signedIn(role = 'admin') {
  const visitor = site.visitor();
  const page = await visitor.submit(await visitor.get(await mailedLink(role)), {});
  return { visitor, page };
}

describe('asking for a sign-in link', () => {
  it('answers the same, whether the address is known or not', async () => {
    const known = await askFor((await site.person('admin')).email);
    const unknown = await askFor('nobody@mission.example');
    expect(known.answer.text).toBe(unknown.answer.text);
    expect(known.answer.text).toContain('If this address is registered, a link is on its way.');
    expect(site.mails.map(({ to }) => to)).toEqual([(await site.person('admin')).email]);
  });

  it('knows an address whatever the size of its letters, and nobody who has left', async () => {
    const { email, id } = await site.person('officer', 1);
    await askFor(email.replace('luc', 'LUC').replace('isu.example', 'ISU.example'));
    for (let tries = 0; tries < 40 && site.mails.length === 0; tries++) await pause(25);
    expect(site.mails).toHaveLength(1);
    await site.records.person.update({ where: { id }, data: { leftAt: site.now } });
    site.mails.length = 0;
    await askFor(email);
    expect(site.mails).toHaveLength(0);
  });

  it.each(['', 'nobody', 'a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example'])(
    'asks again for what is not one address: %j',
    async (email) => {
      const { answer } = await askFor(email);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('Enter an email address');
      expect(site.mails).toHaveLength(0);
    },
  );
});

describe('somebody who asks again and again', () => {
  it('fills no mailbox', async () => {
    const { email } = await site.person('admin');
    for (let asked = 0; asked < 15; asked++) await askFor(email);
    await pause(200);
    expect(site.mails.length).toBe(10);
  });

  it('is asked to wait', async () => {
    for (let asked = 0; asked < 20; asked++) await askFor('nobody@mission.example');
    const { answer } = await askFor('nobody@mission.example');
    expect(answer.status).toBe(429);
    expect(answer.text).toContain('Too many attempts');
  });
});

describe('a sign-in link', () => {
  it('is not used up by being opened, however often', async () => {
    const link = await mailedLink();
    const before = await site.facts();
    for (let hit = 0; hit < 20; hit++) await site.app.inject({ method: hit % 2 ? 'GET' : 'HEAD', url: link });
    expect(await site.facts()).toEqual(before);
    const { page } = await signedIn();
    expect(page.status).toBe(200);
  });

  it('works once', async () => {
    const link = await mailedLink();
    const [first, second] = [site.visitor(), site.visitor()];
    const pages = [await first.get(link), await second.get(link)];
    expect((await first.submit(pages[0]!, {})).status).toBe(200);
    const again = await second.submit(pages[1]!, {});
    expect(again.status).toBe(410);
    expect(again.text).toContain('This link has been used or has expired');
    expect((await second.get(link)).status).toBe(410);
  });

  it('expires, and is no decision link', async () => {
    const link = await mailedLink();
    await site.records.link.updateMany({ where: { purpose: 'sign-in' }, data: { expiresAt: new Date(0) } });
    expect((await site.visitor().get(link)).status).toBe(410);
    expect((await site.visitor().get(link.replace('/s/', '/a/'))).status).toBe(404);
    expect((await site.visitor().get('/s/what.ever')).status).toBe(410);
  });
});

describe('a session', () => {
  it('is asked for before any page of the console, and then shows the page that was asked for', async () => {
    const visitor = site.visitor();
    const sent = await visitor.get('/calendar?days=30');
    expect(sent.url).toContain('/sign-in');
    const page = await visitor.submit(await visitor.get(await mailedLink()), {});
    expect(page.url).toContain('/calendar?days=30');
  });

  it('never leads to another site', async () => {
    const { headers } = await site.app.inject('//evil.example/x');
    expect(headers.location ?? '').not.toContain('evil');
    const link = await mailedLink();
    const opened = await site.app.inject(link);
    const visitorCookie = opened.cookies.find(({ name }) => name === 'visitor')!.value;
    const proof = /name="proof" value="([^"]+)"/.exec(opened.body)![1]!;
    for (const target of ['//evil.example', '/\\evil.example', 'https://evil.example', '%zz']) {
      const entered = await site.app.inject({
        method: 'POST',
        url: await mailedLink(),
        headers: {
          origin: site.baseUrl,
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `visitor=${visitorCookie}; return=${encodeURIComponent(target)}`,
        },
        payload: new URLSearchParams({ proof }).toString(),
      });
      expect(entered.headers.location).toBe('/');
    }
  });

  it('ends by its button, by its hour, and with the person', async () => {
    const { visitor, page } = await signedIn();
    expect(page.text).toContain('Sign out');
    const out = await visitor.submit(page, { button: 'Sign out' });
    expect(out.text).toContain('You have signed out');
    expect((await visitor.get('/')).url).toContain('/sign-in');

    const other = await signedIn();
    await site.records.session.updateMany({ data: { expiresAt: new Date(0) } });
    expect((await other.visitor.get('/')).url).toContain('/sign-in');

    const third = await signedIn();
    const { id } = await site.person('admin');
    await site.records.person.update({ where: { id }, data: { leftAt: site.now } });
    expect((await third.visitor.get('/')).url).toContain('/sign-in');
  });

  it('has the role the person has at this moment', async () => {
    const { visitor } = await signedIn();
    expect((await visitor.get('/tasks')).status).toBe(200);
    const { id } = await site.person('admin');
    await site.records.person.update({ where: { id }, data: { role: 'coordinator' } });
    const refused = await visitor.get('/tasks');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Your role does not allow this.');
    await site.records.person.update({ where: { id }, data: { role: 'nobody in particular' } });
    expect((await visitor.get('/')).status).toBe(403);
  });

  it('keeps only the hash of its token', async () => {
    const link = await mailedLink();
    const { body } = await site.app.inject(link);
    const secret = link.split('.')[1]!;
    const rows = JSON.stringify([await site.records.link.findMany(), await site.records.session.findMany()]);
    expect(rows).not.toContain(secret);
    expect(body).toContain('Sign in as');
  });
});
