import { type LinkToken, writeToken } from '../../adapters/links.ts';
import { createVisitor, type Page } from '../../simulator/visitor.ts';

/** A POST as a browser sends it. */
export type Form = { url: string; cookie: string; fields: Record<string, string> };

/** Walks as a Coordinator does, from the link in the mail to the page whose button confirms. */
export async function confirmForm({ baseUrl, link }: { baseUrl: string; link: LinkToken }): Promise<Form> {
  const visitor = createVisitor({ baseUrl });
  const review = await visitor.get(`/a/${writeToken(link)}`);
  const check = await visitor.submit(review, { has: 'choice', fields: { choice: 'approve', comment: '' } });
  return { ...formOf(check), cookie: `a-${link.selector}=${link.secret}` };
}

function formOf(page: Page): Pick<Form, 'url' | 'fields'> {
  const form = page.root.querySelectorAll('form').find((each) => each.querySelector('[name="choice"]'));
  if (!form) throw new Error(`The check page (${page.status}) has no form: ${page.text.slice(0, 300)}`);
  const hidden = form.querySelectorAll('input[type="hidden"]');
  const fields = hidden.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']);
  return { url: new URL(form.getAttribute('action') ?? '', page.url).href, fields: Object.fromEntries(fields) };
}

/** Throws unless the answer says that the decision is recorded. */
export async function send({ url, cookie, fields }: Form): Promise<void> {
  const headers = { cookie, origin: new URL(url).origin };
  const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status !== 303) throw new Error(`The answer to a decision was ${answer.status}.`);
}
