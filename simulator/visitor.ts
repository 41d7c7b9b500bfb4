import { type HTMLElement, parse } from 'node-html-parser';

/** A page as a person without script has it before them. */
export type Page = { status: number; url: string; root: HTMLElement; text: string };

export type Upload = { fileName: string; bytes: Buffer; mediaType: string };

/** Someone with a browser of their own: follows links, keeps cookies, fills forms. */
export type Visitor = {
  get(url: string): Promise<Page>;
  /** Sends the form that holds a control of this name, with its hidden fields, as the button would. */
  submit(
    page: Page,
    wanted: { has?: string; button?: string; fields?: Record<string, string>; file?: Upload },
  ): Promise<Page>;
};

export function createVisitor({ baseUrl }: { baseUrl: string }): Visitor {
  const cookies = new Map<string, string>();
  const go = async (url: string, options: RequestInit = {}, hops = 0): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...options, headers: { cookie, origin: baseUrl }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const next = response.headers.get('location');
    if (next && hops < 10) {
      await response.arrayBuffer();
      return await go(new URL(next, url).href, {}, hops + 1);
    }
    const root = parse(await response.text());
    return { status: response.status, url, root, text: root.structuredText };
  };
  return {
    get: (url) => go(new URL(url, baseUrl).href),
    async submit(page, { has, button, fields = {}, file }) {
      const form = formWith({ page, has, button });
      const values = { ...hiddenFields(form), ...fields };
      const action = new URL(form.getAttribute('action') || page.url, page.url).href;
      if ((form.getAttribute('method') ?? 'get').toLowerCase() === 'get')
        return await go(`${action.split('?')[0]}?${new URLSearchParams(values)}`);
      return await go(action, {
        method: 'POST',
        body: file ? multipart({ form, values, file }) : new URLSearchParams(values),
      });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const [name = '', ...value] = pair.split('=');
  const isGone = attributes.some((each) => /^\s*max-age=0\s*$/i.test(each));
  if (isGone) cookies.delete(name);
  else cookies.set(name, value.join('='));
}

function formWith({ page, has, button }: { page: Page; has?: string; button?: string }): HTMLElement {
  const form = page.root.querySelectorAll('form').find((each) => {
    const fits = !has || each.querySelector(`[name="${has}"]`);
    return fits && (!button || each.querySelectorAll('button').some((it) => it.text.includes(button)));
  });
  if (!form)
    throw new Error(
      `The page (${page.status}) has no form with ${has ?? button ?? 'anything'}: ${page.text.slice(0, 300)}`,
    );
  return form;
}

function hiddenFields(form: HTMLElement): Record<string, string> {
  const hidden = form.querySelectorAll('input[type="hidden"]');
  const pairs = hidden.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function multipart({
  form,
  values,
  file,
}: {
  form: HTMLElement;
  values: Record<string, string>;
  file: Upload;
}): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const field = form.querySelector('input[type="file"]')?.getAttribute('name') ?? 'file';
  body.set(field, new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.fileName);
  return body;
}
