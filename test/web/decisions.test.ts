import { type Asked, askForApproval } from '../support/asked.ts';
import { CYCLE, endApproval } from '../support/seed.ts';

let asked: Asked;
let site: Asked['site'];
let token: string;
beforeEach(async () => {
  asked = await askForApproval();
  ({ site, token } = asked);
});
afterEach(() => site.close());

describe('a decision', () => {
  it('is confirmed on a page that says in one sentence how many letters go out and when', async () => {
    const visitor = site.visitor();
    const check = await visitor.submit(await visitor.get(`/a/${token}`), {
      has: 'choice',
      fields: { choice: 'approve' },
    });
    expect(check.text).toContain(
      'You approve. 3 letters go out on Wednesday 1 December 2027 at 09:00 (Geneva), and up to 24 in all to 3 States Parties, each on its date, plus a receipt for each report.',
    );
    expect(check.text).toContain('Nothing leaves without the approval of Moussa Diarra as well.');
    expect((await site.facts())['decisions']).toBe(0);
  });

  it('is recorded at once, with nobody there to act on it, and carried by the outbox', async () => {
    const result = await asked.decide({ choice: 'approve', comment: 'With thanks' });
    expect(result.status).toBe(200);
    expect(result.text).toContain('Your decision is recorded');
    expect(result.text).toContain('annual-cycle/2028');
    expect(result.text).toContain('The approval waits for Moussa Diarra.');
    const [decision] = await site.records.decision.findMany();
    expect(decision).toMatchObject({ personId: asked.ana.id, choice: 'approve', comment: 'With thanks', door: 'link' });
    const [fact] = await site.records.outbox.findMany({ where: { name: 'decide' } });
    expect(fact).toMatchObject({ id: decision!.id, workflowId: CYCLE, deliveredAt: null });
  });

  it('is one, and politely answered every time, when it is sent a thousand times at once', async () => {
    const send = await asked.confirmation();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => send()));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1_000);
    expect(await site.facts()).toMatchObject({ decisions: 1, outbox: 1 });
  });

  it('counts once when two different ones are sent at the same time', async () => {
    const [approve, refuse] = [await asked.confirmation(), await asked.confirmation('refuse')];
    const codes = (await Promise.all([approve(), refuse()])).map(({ statusCode }) => statusCode).sort((a, b) => a - b);
    expect(codes).toEqual([303, 409]);
    expect((await site.facts())['decisions']).toBe(1);
  });

  it('may be changed while the approval is open', async () => {
    await asked.decide({ choice: 'approve' });
    const again = await site.visitor().get(`/a/${token}`);
    expect(again.text).toContain('You approved on Friday 1 October 2027 at 10:00 (Geneva).');
    await asked.decide({ choice: 'refuse', comment: 'Not this year' });
    const decisions = await site.records.decision.findMany({ orderBy: { revision: 'asc' } });
    expect(decisions.map(({ revision, choice }) => [revision, choice])).toEqual([
      [1, 'approve'],
      [2, 'refuse'],
    ]);
  });

  it('can be taken back by somebody who did not make it, and only by a choice', async () => {
    await asked.decide({ choice: 'approve' });
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

describe('what is refused, with a sentence', () => {
  const refused = async (answer: { statusCode: number; body: string }, status: number, sentence: string) => {
    expect(answer.statusCode).toBe(status);
    expect(answer.body.replaceAll('&#39;', "'")).toContain(sentence);
    expect((await site.facts())['decisions']).toBe(0);
  };

  it('no choice, or one that is not offered', async () => {
    const send = await asked.confirmation();
    for (const choice of ['', 'yes', 'Approve', '__proto__'])
      await refused(await send({ choice }), 422, 'Choose one of the answers.');
  });

  it('a comment of a million characters', async () => {
    const send = await asked.confirmation();
    await refused(await send({ comment: 'x'.repeat(1_000_000) }), 422, 'at most 5,000 characters');
  });

  it('content that was not seen: of another approval, of the future', async () => {
    const send = await asked.confirmation();
    const sentence = 'What you saw is not what is asked now. Nothing was recorded.';
    await refused(await send({ contentHash: 'a'.repeat(64) }), 409, sentence);
    await refused(await send({ version: '2' }), 409, sentence);
    await refused(await send({ version: '1e309' }), 409, sentence);
    await refused(await send({ contentHash: '' }), 409, sentence);
  });

  it('a decision after the end, with the outcome and the sentence', async () => {
    const send = await asked.confirmation();
    await endApproval(site, asked.approvalId, 'lapsed');
    await refused(await send(), 409, 'The approval ended before your decision reached us.');
  });

  it('a page that has been overtaken by another', async () => {
    const send = await asked.confirmation();
    const answer = await send({ revision: '7' });
    await refused(answer, 409, 'You have decided on another page meanwhile.');
  });

  it('a person who is not asked', async () => {
    const officer = await site.person('officer');
    const answer = await site.visitor().get(`/a/${await asked.linkFor(officer)}`);
    await refused({ statusCode: answer.status, body: answer.text }, 403, 'You are not asked to decide this.');
  });

  it('the one who asked, by the page and by the form', async () => {
    const admin = await site.person('admin');
    await site.records.approvalSlot.create({ data: { approvalId: asked.approvalId, personId: admin.id } });
    const own = await asked.linkFor(admin);
    const answer = await site.visitor().get(`/a/${own}`);
    await refused({ statusCode: answer.status, body: answer.text }, 403, 'Who asked for an approval does not give it.');
    const send = await asked.confirmation('approve', token, own);
    await refused(await send(), 403, 'Who asked for an approval does not give it.');
  });

  it('a form from elsewhere, without its proof, or with its cookie gone, giving back what was typed', async () => {
    const send = await asked.confirmation();
    const sentence = 'This form was open too long or did not come from our page.';
    await refused(await send({}, { origin: 'https://evil.example' }), 403, sentence);
    await refused(await send({}, { origin: 'null' }), 403, sentence);
    await refused(await send({ proof: 'x' }), 403, sentence);
    const late = await send({ comment: 'Written for an hour' }, { cookie: '' });
    await refused(late, 403, sentence);
    expect(late.body).toContain('Written for an hour');
  });

  it('fields given twice, and bodies that are not a form', async () => {
    const send = await asked.confirmation();
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
      const sent = await site.app.inject({ method: 'POST', url: `/a/${selector}/review`, headers, payload });
      const [kept] = sent.cookies as { name: string; value: string }[];
      const cookie = `${headers.cookie}; ${kept!.name}=${kept!.value}`;
      const answer = await site.app.inject({ url: `/a/${selector}/review`, headers: { cookie } });
      expect([sent.statusCode, answer.statusCode]).toEqual([303, 200]);
      expect(answer.body.isWellFormed()).toBe(true);
      expect(answer.body).not.toContain('\u0000');
    }
  });

  it.each([
    ['NUL', 'a\u0000b', 'ab'],
    ['marks that turn the direction of reading', 'exe.\u202Egpj', 'exe.gpj'],
    ['HTML', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('nothing of a comment but what no person types: %s', async (_, comment, kept) => {
    const result = await asked.decide({ choice: 'refuse', comment });
    expect(result.status).toBe(200);
    expect(await site.records.decision.findFirst()).toMatchObject({ comment: kept });
    expect(result.root.querySelectorAll('script')).toHaveLength(0);
  });
});
