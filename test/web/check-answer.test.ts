import { randomBytes } from 'node:crypto';
import { type Asked, askForApproval } from '../support/asked.ts';

let asked: Asked;
let site: Asked['site'];
let token: string;
let check: string;
beforeEach(async () => {
  asked = await askForApproval();
  ({ site, token } = asked);
  check = `/a/${token.split('.')[0]}/check`;
});
afterEach(() => site.close());

const answer = { choice: 'requestChanges', comment: 'Please wait for the spring session' };

/** Chooses and goes on: the page to check the answer, and the visitor who is on it. */
async function answered(fields: Record<string, string> = answer) {
  const visitor = site.visitor();
  const page = await visitor.submit(await visitor.get(`/a/${token}`), { has: 'choice', fields });
  return { visitor, page };
}

describe('the page to check an answer', () => {
  it('can be gone back to, and decides nothing however often it is opened', async () => {
    const before = await site.facts();
    const { visitor, page } = await answered();
    expect(page.url).toBe(site.baseUrl + check);
    for (let time = 0; time < 3; time++) {
      const again = await visitor.get(check);
      expect(again.text).toContain('You request changes.');
      expect(again.text).toContain(answer.comment);
    }
    expect((await visitor.get(`${check}?lang=fr`)).text).toContain('Vous demandez des modifications.');
    expect(await site.facts()).toEqual(before);
  });

  it('is followed by the decision alone once it is confirmed', async () => {
    const { visitor, page } = await answered();
    await visitor.submit(page, { has: 'choice' });
    const back = await visitor.get(check);
    expect(back.url).toMatch(/\/decided$/);
    expect((await site.facts())['decisions']).toBe(1);
  });

  it('is not shown for an answer given before another decision of the same person', async () => {
    const { visitor } = await answered();
    await asked.decide({ choice: 'abstain' });
    expect((await visitor.get(check)).url).toMatch(/\/decided$/);
  });

  it('is shown to nobody who gave no answer', async () => {
    const visitor = site.visitor();
    await visitor.get(`/a/${token}`);
    expect((await visitor.get(check)).url).toMatch(/\/review$/);
  });

  it('takes no word from a cookie somebody else wrote', async () => {
    const [selector = '', secret = ''] = token.split('.');
    const visitor = site.visitor();
    const page = await visitor.get(`/a/${token}`);
    const proof = page.root.querySelector('input[name=proof]')!.getAttribute('value')!;
    const seen = page.root
      .querySelectorAll('#decide input[type=hidden]')
      .map((input): [string, string] => [input.getAttribute('name')!, input.getAttribute('value')!]);
    const fields = new URLSearchParams([...seen, ['proof', proof], ['choice', 'refuse'], ['comment', 'No']]);
    const sent = await site.app.inject({
      method: 'POST',
      url: `/a/${selector}/review`,
      headers: asked.headers(),
      payload: fields.toString(),
    });
    const [kept] = sent.cookies as { name: string; value: string }[];
    const opened = async (value: string) => {
      const cookie = `a-${selector}=${secret}; ${kept!.name}=${value}`;
      return (await site.app.inject({ url: check, headers: { cookie } })).statusCode;
    };
    expect(await opened(kept!.value)).toBe(200);
    const [text, signature] = kept!.value.split('.');
    for (const forged of [`${text}x.${signature}`, `${text}.`, `.${signature}`, text!, '', 'null.null'])
      expect(await opened(forged)).toBe(303);
  });

  it('is the answer itself when the comment is longer than a browser keeps', async () => {
    const comment = randomBytes(3_700).toString('base64url');
    const { visitor, page } = await answered({ choice: 'refuse', comment });
    expect(page.url).toMatch(/\/review$/);
    expect(page.text).toContain('You refuse.');
    expect((await visitor.submit(page, { has: 'choice' })).text).toContain('Your decision is recorded');
    expect(await site.records.decision.findFirst()).toMatchObject({ comment });
  });

  it('leads back to the question with the words kept and nothing chosen', async () => {
    const { visitor } = await answered();
    const { root } = await visitor.get(`/a/${token.split('.')[0]}/review`);
    expect(root.querySelector('#comment')!.text.trim()).toBe(answer.comment);
    expect(root.querySelectorAll('input[checked]')).toHaveLength(0);
  });
});
