import type { Page, Visitor } from '../../simulator/visitor.ts';
import { CYCLE, endApproval, seedDecisionLink, seedPlan } from '../support/seed.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let approvalId: string;
let ana: { id: string; email: string };
let moussa: { id: string; email: string };
let token: string;

beforeEach(async () => {
  site = await openSite();
  approvalId = await seedPlan(site);
  [ana, moussa] = [await site.person('coordinator', 0), await site.person('coordinator', 1)];
  token = await seedDecisionLink(site, { approvalId, personId: ana.id });
});

afterEach(() => site.close());

const linkFor = (personId: string, of = approvalId) => seedDecisionLink(site, { approvalId: of, personId });

async function decide(visitor: Visitor, fields: Record<string, string>, link = token): Promise<Page> {
  const check = await visitor.submit(await visitor.get(`/a/${link}`), { has: 'choice', fields });
  return check.status === 200 ? await visitor.submit(check, { has: 'choice' }) : check;
}

/** The POST of the check page as it goes over the wire, to be sent as often and as changed as wanted. */
async function confirmation(link = token, choice = 'approve') {
  const [selector = '', secret = ''] = link.split('.');
  const visitor = site.visitor();
  const check = await visitor.submit(await visitor.get(`/a/${link}`), {
    has: 'choice',
    fields: { choice, comment: 'x' },
  });
  const fields = Object.fromEntries(
    check.root
      .querySelectorAll('input[type=hidden]')
      .map((input) => [input.getAttribute('name'), input.getAttribute('value')]),
  ) as Record<string, string>;
  return (changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    site.app.inject({
      method: 'POST',
      url: `/a/${selector}/decision`,
      headers: {
        origin: site.baseUrl,
        cookie: `a-${selector}=${secret}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      payload: new URLSearchParams({ ...fields, ...changes }).toString(),
    });
}

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
    const other = (await linkFor(moussa.id)).split('.') as [string, string];
    const wrong = [
      token.slice(0, -1),
      `${token}.`,
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
    const french = await visitor.get(`/a/${await linkFor(moussa.id)}`);
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
    await decide(site.visitor(), { choice: 'approve' });
    await endApproval(site, approvalId, 'approved');
    const admin = await site.person('admin');
    const change = { id: admin.id, caseId: CYCLE, deadlineOn: '2028-05-12', meetingOn: '', reason: 'Moved' };
    await site.records.dateChange.create({ data: { ...change, personId: admin.id, at: site.now } });
    const second = await seedPlan(site, 2, change.id);
    const page = await site.visitor().get(`/a/${await linkFor(ana.id, second)}`);
    expect(page.text).toContain('What changed since version 1');
    expect(page.text).toContain('Reason: Moved');
    expect(page.text).toMatch(/Reminder: moved.*\s+Thursday 27 April 2028\s+Tuesday 9 May 2028\s+3/);
  });
});

describe('a decision', () => {
  it('is confirmed on a page that says in one sentence how many letters go out and when', async () => {
    const visitor = site.visitor();
    const check = await visitor.submit(await visitor.get(`/a/${token}`), {
      has: 'choice',
      fields: { choice: 'approve' },
    });
    expect(check.text).toContain(
      'You approve. 3 letters go out on Wednesday 1 December 2027 at 09:00 (Geneva), and up to 24 in all to 3 States Parties, each on its date.',
    );
    expect(check.text).toContain('Nothing leaves without the approval of Moussa Diarra as well.');
    expect((await site.facts())['decisions']).toBe(0);
  });

  it('is recorded at once, with nobody there to act on it, and carried by the outbox', async () => {
    const result = await decide(site.visitor(), { choice: 'approve', comment: 'With thanks' });
    expect(result.status).toBe(200);
    expect(result.text).toContain('Your decision is recorded');
    expect(result.text).toContain('annual-cycle/2028');
    expect(result.text).toContain('The approval waits for Moussa Diarra.');
    const [decision] = await site.records.decision.findMany();
    expect(decision).toMatchObject({ personId: ana.id, choice: 'approve', comment: 'With thanks', door: 'link' });
    const [fact] = await site.records.outbox.findMany({ where: { name: 'decide' } });
    expect(fact).toMatchObject({ id: decision!.id, workflowId: CYCLE, deliveredAt: null });
  });

  it('is one, and politely answered every time, when it is sent a thousand times at once', async () => {
    const send = await confirmation();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => send()));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1_000);
    expect(await site.facts()).toMatchObject({ decisions: 1, outbox: 1 });
  });

  it('counts once when two different ones are sent at the same time', async () => {
    const [approve, refuse] = [await confirmation(), await confirmation(token, 'refuse')];
    const codes = (await Promise.all([approve(), refuse()])).map(({ statusCode }) => statusCode).sort();
    expect(codes).toEqual([303, 409]);
    expect((await site.facts())['decisions']).toBe(1);
  });

  it('may be changed while the approval is open', async () => {
    await decide(site.visitor(), { choice: 'approve' });
    const again = await site.visitor().get(`/a/${token}`);
    expect(again.text).toContain('You approved on Friday 1 October 2027 at 10:00 (Geneva).');
    await decide(site.visitor(), { choice: 'refuse', comment: 'Not this year' });
    const decisions = await site.records.decision.findMany({ orderBy: { revision: 'asc' } });
    expect(decisions.map(({ revision, choice }) => [revision, choice])).toEqual([
      [1, 'approve'],
      [2, 'refuse'],
    ]);
  });

  it('can be taken back by somebody who did not make it, and only by a choice', async () => {
    await decide(site.visitor(), { choice: 'approve' });
    const visitor = site.visitor();
    const { url } = await visitor.get(`/a/${token}`);
    const page = await visitor.get(url.replace('/review', '/not-me'));
    expect((await visitor.submit(page, { has: 'who' })).status).toBe(422);
    expect((await site.facts())['decisions']).toBe(1);
    await visitor.submit(page, { has: 'who', fields: { who: 'notMe' } });
    const last = await site.records.decision.findFirst({ orderBy: { revision: 'desc' } });
    expect(last).toMatchObject({ choice: 'requestChanges', comment: expect.stringContaining('not mine') });
  });

  it('keeps what was typed when it cannot be taken', async () => {
    const visitor = site.visitor();
    const review = await visitor.get(`/a/${token}`);
    const fields = { choice: 'requestChanges', comment: '   ' };
    const again = await visitor.submit(review, { has: 'choice', fields });
    expect(again.status).toBe(422);
    expect(again.text).toContain('Say what should change, or why you refuse.');
    expect(again.root.querySelector('input[checked]')!.getAttribute('value')).toBe('requestChanges');
  });
});

describe('a link that is not open', () => {
  it('of a closed approval shows the outcome and by whom, even when it is revoked', async () => {
    await decide(site.visitor(), { choice: 'approve', comment: 'Very well' });
    await endApproval(site, approvalId, 'approved');
    await site.records.link.updateMany({ data: { revokedAt: site.now } });
    const page = await site.visitor().get(`/a/${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('This has been approved');
    expect(page.text).toContain('Ana Vella');
    expect(page.text).toContain('Very well');
    expect(page.text).not.toContain('expired');
  });

  it('of an older version says when it was replaced and mails the current one to the registered address', async () => {
    await endApproval(site, approvalId, 'changesRequested');
    site.is('2027-10-04T09:00:00Z');
    await seedPlan(site, 2);
    const visitor = site.visitor();
    const page = await visitor.get(`/a/${token}`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('Version 2 replaced it on Monday 4 October 2027 at 11:00 (Geneva).');
    expect(page.text).not.toContain(ana.email);
    const mailed = await visitor.submit(page, { button: 'Mail me the current link' });
    expect(mailed.text).toContain('a•••@mission-malta.example');
    expect(site.mails).toMatchObject([{ to: ana.email, subject: expect.stringContaining('Decide by') }]);
    const current = /\/a\/([\w.-]+)/.exec(site.mails[0]!.text)![1]!;
    expect((await site.visitor().get(`/a/${current}`)).text).toContain('What changed since version 1');
    await visitor.submit(page, { button: 'Mail me the current link' });
    expect(site.mails).toHaveLength(1);
  });

  it.each([
    ['expired', { expiresAt: new Date('2027-10-01T08:00:00Z') }, 'This link has expired'],
    ['revoked', { revokedAt: new Date('2027-09-30T08:00:00Z') }, 'This link has been withdrawn'],
  ])('that is %s says why and whom to ask, and takes no decision', async (_, data, title) => {
    const send = await confirmation();
    await site.records.link.updateMany({ data });
    const page = await site.visitor().get(`/a/${token}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain(title);
    expect(page.text).toContain('secretariat@isu.example');
    expect((await send()).statusCode).toBe(410);
    expect((await site.facts())['decisions']).toBe(0);
  });

  it('is as good as revoked once its person has left', async () => {
    const send = await confirmation();
    await site.records.person.update({ where: { id: ana.id }, data: { leftAt: site.now } });
    expect((await send()).statusCode).toBe(410);
  });
});

describe('what is refused, with a sentence', () => {
  const refused = async (answer: { statusCode: number; body: string }, status: number, sentence: string) => {
    expect(answer.statusCode).toBe(status);
    expect(answer.body.replaceAll('&#39;', "'")).toContain(sentence);
    expect((await site.facts())['decisions']).toBe(0);
  };

  it('no choice, or one that is not offered', async () => {
    const send = await confirmation();
    for (const choice of ['', 'yes', 'Approve', '__proto__'])
      await refused(await send({ choice }), 422, 'Choose one of the answers.');
  });

  it('a comment of a million characters', async () => {
    const send = await confirmation();
    await refused(await send({ comment: 'x'.repeat(1_000_000) }), 422, 'at most 5,000 characters');
  });

  it('content that was not seen: of another approval, of the future', async () => {
    const send = await confirmation();
    const sentence = 'What you saw is not what is asked now. Nothing was recorded.';
    await refused(await send({ contentHash: 'a'.repeat(64) }), 409, sentence);
    await refused(await send({ version: '2' }), 409, sentence);
    await refused(await send({ version: '1e309' }), 409, sentence);
    await refused(await send({ contentHash: '' }), 409, sentence);
  });

  it('a decision after the end, with the outcome and the sentence', async () => {
    const send = await confirmation();
    await endApproval(site, approvalId, 'lapsed');
    await refused(await send(), 409, 'The approval ended before your decision reached us.');
  });

  it('a page that has been overtaken by another', async () => {
    const send = await confirmation();
    const answer = await send({ revision: '7' });
    await refused(answer, 409, 'You have decided on another page meanwhile.');
  });

  it('a person who is not asked', async () => {
    const officer = await site.person('officer');
    const answer = await site.visitor().get(`/a/${await linkFor(officer.id)}`);
    await refused({ statusCode: answer.status, body: answer.text }, 403, 'You are not asked to decide this.');
  });

  it('the one who asked, by the page and by the form', async () => {
    const admin = await site.person('admin');
    await site.records.approvalSlot.create({ data: { approvalId, personId: admin.id } });
    const own = await linkFor(admin.id);
    const answer = await site.visitor().get(`/a/${own}`);
    await refused({ statusCode: answer.status, body: answer.text }, 403, 'Who asked for an approval does not give it.');
    await site.records.approval.update({ where: { id: approvalId }, data: { askedById: null } });
    const send = await confirmation(own);
    await site.records.approval.update({ where: { id: approvalId }, data: { askedById: admin.id } });
    await refused(await send(), 403, 'Who asked for an approval does not give it.');
  });

  it('a form from elsewhere, without its proof, or with its cookie gone, giving back what was typed', async () => {
    const send = await confirmation();
    const sentence = 'This form was open too long or did not come from our page.';
    await refused(await send({}, { origin: 'https://evil.example' }), 403, sentence);
    await refused(await send({}, { origin: 'null' }), 403, sentence);
    await refused(await send({ proof: 'x' }), 403, sentence);
    const late = await send({ comment: 'Written for an hour' }, { cookie: '' });
    await refused(late, 403, sentence);
    expect(late.body).toContain('Written for an hour');
  });

  it('fields given twice, and bodies that are not a form', async () => {
    const send = await confirmation();
    const twice = await send({ choice: 'approve' }, { 'content-type': 'application/json' });
    expect(twice.statusCode).toBe(400);
    const [selector = '', secret = ''] = token.split('.');
    const headers = {
      origin: site.baseUrl,
      cookie: `a-${selector}=${secret}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const payload = 'choice=approve&choice=refuse&proof=x&proof=y';
    const arrays = await site.app.inject({ method: 'POST', url: `/a/${selector}/review`, headers, payload });
    expect(arrays.statusCode).toBe(403);
    expect((await site.facts())['decisions']).toBe(0);
  });

  it('half a character, which no letter is', async () => {
    const [selector = '', secret = ''] = token.split('.');
    const visitor = site.visitor();
    const { root } = await visitor.get(`/a/${token}`);
    const proof = root.querySelector('input[name=proof]')!.getAttribute('value')!;
    const headers = {
      origin: site.baseUrl,
      cookie: `a-${selector}=${secret}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    for (const half of ['%ED%A0%80', '%u0000', '%ff', '%', '%00']) {
      const payload = `proof=${proof}&choice=refuse&comment=a${half}b`;
      const answer = await site.app.inject({ method: 'POST', url: `/a/${selector}/review`, headers, payload });
      expect(answer.statusCode).toBe(200);
      expect(answer.body.isWellFormed()).toBe(true);
      expect(answer.body).not.toContain('\u0000');
    }
  });

  it.each([
    ['NUL', 'a\u0000b', 'ab'],
    ['marks that turn the direction of reading', 'exe.\u202Egpj', 'exe.gpj'],
    ['HTML', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('nothing of a comment but what no person types: %s', async (_, comment, kept) => {
    const result = await decide(site.visitor(), { choice: 'refuse', comment });
    expect(result.status).toBe(200);
    expect(await site.records.decision.findFirst()).toMatchObject({ comment: kept });
    expect(result.root.querySelectorAll('script')).toHaveLength(0);
  });
});
