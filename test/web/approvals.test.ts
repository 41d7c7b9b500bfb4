import { differences } from '../../adapters/plan-differences.ts';
import { planSummary } from '../../domain/plan.ts';
import { type Asked, askForApproval } from '../support/asked.ts';
import { CYCLE, endApproval, seedPlan } from '../support/seed.ts';

let asked: Asked;
let site: Asked['site'];
let token: string;
beforeEach(async () => {
  asked = await askForApproval();
  ({ site, token } = asked);
});
afterEach(() => site.close());

describe('the link of an approval', () => {
  it('changes nothing, however often and by whatever it is opened', async () => {
    const [selector = '', secret = ''] = token.split('.');
    const agents = ['Mozilla/5.0 (compatible; MSOffice 12; SafeLinks)', 'Barracuda Sentinel', 'BingPreview/1.0b', ''];
    const pages = [`/a/${token}`, `/a/${selector}/review`, `/a/${selector}/decided`, `/a/${selector}/not-me`];
    const before = await site.facts();
    for (let hit = 0; hit < 200; hit++) {
      const method = (['GET', 'HEAD', 'OPTIONS'] as const)[hit % 3]!;
      const headers = { 'user-agent': agents[hit % 4]!, cookie: `a-${selector}=${secret}`, origin: site.baseUrl };
      const { statusCode } = await site.app.inject({ method, url: pages[hit % 4]!, headers });
      expect(statusCode).toBeLessThan(500);
    }
    expect(await site.facts()).toEqual(before);
  });

  it('decides nothing when a robot submits every form of the page untouched', async () => {
    const before = await site.facts();
    const robot = site.visitor();
    const page = await robot.get(`/a/${token}`);
    const answer = await robot.submit(page, { has: 'choice' });
    expect(answer.status).toBe(422);
    expect((await robot.submit(answer, { has: 'choice' })).status).toBe(422);
    expect(await site.facts()).toEqual(before);
  });

  it('leaves the address bar, goes into a cookie of its own and is never kept by a cache', async () => {
    const [selector = ''] = token.split('.');
    const opened = await site.app.inject(`/a/${token}`);
    expect(opened.statusCode).toBe(303);
    expect(opened.headers.location).toBe(`/a/${selector}/review`);
    expect(opened.headers['set-cookie']).toMatch(
      new RegExp(`^a-${selector}=[\\w-]{43}; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax$`),
    );
    expect(opened.headers['cache-control']).toBe('no-store');
  });

  it('is told apart from others only by itself', async () => {
    const [selector, secret] = token.split('.') as [string, string];
    const other = (await asked.linkFor(asked.moussa)).split('.') as [string, string];
    const wrong = [
      token.slice(0, -1),
      `${token}x`,
      `${secret}.${selector}`,
      `${selector}.${other[1]}`,
      `${selector}.${secret.toLowerCase()}`,
      `${selector}%0a.${secret}`,
      'a'.repeat(65_536),
      '%ff%fe',
      '__proto__.constructor',
    ];
    const answers = await Promise.all(wrong.map((each) => site.app.inject(`/a/${each}`)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(wrong.map(() => 404));
    expect(new Set(answers.slice(0, 7).map(({ body }) => body)).size).toBe(1);
    expect(answers[0]!.body).toContain('This link is not one of ours, or was not copied whole.');
  });

  it('asks somebody who tries many unknown ones to wait, and lets a real one through', async () => {
    for (let tried = 0; tried < 60; tried++) await site.app.inject(`/a/unknown.${tried}`);
    expect((await site.app.inject('/a/unknown.again')).statusCode).toBe(429);
    expect((await site.app.inject(`/a/${token}`)).statusCode).toBe(303);
  });
});

describe('the page that asks', () => {
  it('shows the question, what happens, to whom, by when, and the texts, with nothing chosen', async () => {
    const page = await site.visitor().get(`/a/${token}`);
    expect(page.status).toBe(200);
    expect(page.root.querySelector('h1')!.text).toBe(
      'Do you approve the letters to States Parties for the 2028 reporting cycle?',
    );
    for (const part of [
      'Wednesday 1 December 2027 at 09:00 (Geneva)',
      '3 States Parties, at 3 addresses',
      'English (1), Spanish (1) and French (1)',
      'Friday 15 October 2027 at 23:59 (Geneva)',
      'Helen Ormond, ISU',
      'assumed, not yet confirmed',
      'Nobody has decided yet.',
      'mission@lao.example',
    ])
      expect(page.text).toContain(part);
    expect(page.root.querySelectorAll('input[checked]')).toHaveLength(0);
    expect(page.root.querySelectorAll('script')).toHaveLength(0);
  });

  it('speaks the language of the person, or the one that is chosen', async () => {
    const visitor = site.visitor();
    const french = await visitor.get(`/a/${await asked.linkFor(asked.moussa)}`);
    expect(french.text).toContain('Approuvez-vous les lettres aux États parties');
    const spanish = await visitor.get(`${french.url}?lang=es`);
    expect(spanish.root.querySelector('html')!.getAttribute('lang')).toBe('es');
    expect((await visitor.get(french.url)).text).toContain('¿Aprueba las cartas');
  });

  it('shows every letter to one State Party when asked', async () => {
    const visitor = site.visitor();
    const { url } = await visitor.get(`/a/${token}`);
    const page = await visitor.get(`${url}?state=PER`);
    expect(page.text).toContain('9 letters to Peru');
    expect((await visitor.get(`${url}?state=XXX`)).status).toBe(200);
    expect((await visitor.get(`${url}?state=PER&state=LAO`)).status).toBe(200);
  });

  it('says what changed since the version before', async () => {
    await asked.decide({ choice: 'approve' });
    await endApproval(site, asked.approvalId, 'approved');
    const admin = await site.person('admin');
    const change = { id: admin.id, caseId: CYCLE, deadlineOn: '2028-05-12', meetingOn: '', reason: 'Moved' };
    await site.records.dateChange.create({ data: { ...change, personId: admin.id, at: site.now } });
    const second = await seedPlan(site, 2, change.id);
    const page = await site.visitor().get(`/a/${await asked.linkFor(asked.ana, second)}`);
    expect(page.text).toContain('What changed since version 1');
    expect(page.text).toContain('Reason: Moved');
    expect(page.text).toMatch(/Reminder: moved.*\s+Thursday 27 April 2028\s+Tuesday 9 May 2028\s+3/);
  });
});

describe('what changed since a version', () => {
  it('is counted on the page as in the mail: not what has gone, nor what went by unwritten', async () => {
    await endApproval(site, asked.approvalId, 'approved');
    site.is('2028-02-10T09:00:00Z');
    const admin = await site.person('admin');
    const change = { id: crypto.randomUUID(), caseId: CYCLE, deadlineOn: '2028-05-12', meetingOn: '', reason: 'Moved' };
    await site.records.dateChange.create({ data: { ...change, personId: admin.id, at: site.now } });
    const contact = await site.records.contact.findFirstOrThrow({ where: { stateParty: 'PER' } });
    await site.records.contact.update({ where: { id: contact.id }, data: { endedAt: site.now } });
    const id = await seedPlan(site, 2, change.id);
    const approval = await site.records.approval.findUniqueOrThrow({ where: { id } });
    const summary = planSummary(approval);
    const timeZone = site.treaty.policy.treatyTimeZone;
    const rows = await differences({
      records: site.records,
      approval: { ...approval, subject: 'plan', summary },
      timeZone,
    });
    const count = (kind: string) => rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.count, 0);
    const shown = {
      added: count('added'),
      moved: count('moved'),
      reworded: count('reworded'),
      removed: count('removed'),
    };
    expect(summary.change).toEqual({ since: 1, reason: 'Moved', ...shown });
    expect(shown.moved).toBeGreaterThan(0);
    expect(shown.removed).toBeGreaterThan(0);
  });
});

describe('the page after a decision', () => {
  it('offers a change of mind until all have approved, even before the approval is closed', async () => {
    const first = await asked.decide({ choice: 'approve' });
    expect(first.text).toContain('Change your decision');
    const visitor = site.visitor();
    const question = await visitor.get(`/a/${await asked.linkFor(asked.moussa)}`);
    const check = await visitor.submit(question, { has: 'choice', fields: { choice: 'approve' } });
    const last = await visitor.submit(check, { has: 'choice' });
    expect(last.text).toContain('Votre décision est enregistrée');
    expect(last.text).not.toContain('Modifier votre décision');
  });
});

describe('a link that is not open', () => {
  it('of a closed approval shows the outcome and by whom, even when it is revoked', async () => {
    await asked.decide({ choice: 'approve', comment: 'Very well' });
    await endApproval(site, asked.approvalId, 'approved');
    await site.records.link.updateMany({ data: { revokedAt: site.now } });
    const page = await site.visitor().get(`/a/${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('This has been approved');
    expect(page.text).toContain('Ana Vella');
    expect(page.text).toContain('Very well');
    expect(page.text).not.toContain('expired');
  });

  it('of an older version says when it was replaced and mails the current one to the registered address', async () => {
    await endApproval(site, asked.approvalId, 'changesRequested');
    site.is('2027-10-04T09:00:00Z');
    await seedPlan(site, 2);
    const visitor = site.visitor();
    const page = await visitor.get(`/a/${token}`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('Version 2 replaced it on Monday 4 October 2027 at 11:00 (Geneva).');
    expect(page.text).not.toContain(asked.ana.email);
    const mailed = await visitor.submit(page, { button: 'Mail me the current link' });
    expect(mailed.text).toContain('a•••@mission-malta.example');
    expect(site.mails).toMatchObject([{ to: asked.ana.email, subject: expect.stringContaining('Decide by') }]);
    const current = /\/a\/([\w.-]+)/.exec(site.mails[0]!.text)![1]!;
    expect((await site.visitor().get(`/a/${current}`)).text).toContain('What changed since version 1');
    await visitor.submit(page, { button: 'Mail me the current link' });
    expect(site.mails).toHaveLength(1);
  });

  it.each([
    ['expired', { expiresAt: new Date('2027-10-01T08:00:00Z') }, 'This link has expired'],
    ['revoked', { revokedAt: new Date('2027-09-30T08:00:00Z') }, 'This link has been withdrawn'],
  ])('that is %s says why and whom to ask, and takes no decision', async (_, data, title) => {
    const send = await asked.confirmation();
    await site.records.link.updateMany({ data });
    const page = await site.visitor().get(`/a/${token}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain(title);
    expect(page.text).toContain('secretariat@isu.example');
    expect((await send()).statusCode).toBe(410);
    expect((await site.facts())['decisions']).toBe(0);
  });

  it('is as good as revoked once its person has left', async () => {
    const send = await asked.confirmation();
    await site.records.person.update({ where: { id: asked.ana.id }, data: { leftAt: site.now } });
    expect((await send()).statusCode).toBe(410);
  });
});
