import { type Door, notThere, sendPage } from './door.ts';
import { openLetter } from './letter.ts';
import { messagePage, unreadablePage } from './message-page.tsx';

/** Nothing in a letter runs or loads; its links open in tabs of their own. */
const LETTER_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; font-src data:; " +
  "style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'";

type Asked = { Params: { uid: string; index: string }; Querystring: { view?: string; sent?: string } };

export function readingRoutes({ app, store }: Door): void {
  app.get<Asked>('/message/:uid', async ({ params, query }, reply) => {
    const message = store.message(Number(params.uid));
    const raw = message && (await store.raw(message.uid));
    if (!raw) return notThere(reply);
    const letter = await openLetter(raw).catch(() => null);
    if (!letter) return sendPage(reply, unreadablePage({ message }));
    const view = letter.html && query.view !== 'text' ? 'html' : 'text';
    const draft = { from: message.envelopeTo[0] ?? '', to: letter.replyAddress, subject: '', text: '' };
    return sendPage(reply, messagePage({ message, letter, view, draft, wasSent: query.sent === '1' }));
  });

  app.get<Asked>('/message/:uid/html', async ({ params }, reply) => {
    const letter = await opened(params.uid);
    if (!letter?.html) return notThere(reply);
    return sendPage(reply.header('content-security-policy', LETTER_POLICY), withLinksInNewTabs(letter.html));
  });

  app.get<Asked>('/message/:uid/raw', async ({ params }, reply) => {
    const raw = await store.raw(Number(params.uid));
    return raw ? reply.type('text/plain; charset=utf-8').send(raw) : notThere(reply);
  });

  app.get<Asked>('/message/:uid/attachment/:index', async ({ params }, reply) => {
    const file = (await opened(params.uid))?.attachments[Number(params.index)];
    if (!file) return notThere(reply);
    const name = encodeURIComponent(file.fileName.toWellFormed()).replaceAll("'", '%27');
    reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
    return reply.type('application/octet-stream').send(file.content);
  });

  async function opened(uid: string) {
    const raw = await store.raw(Number(uid));
    return raw && openLetter(raw).catch(() => null);
  }
}

/** Before any `base` of the letter's own: the first one counts. */
function withLinksInNewTabs(html: string): string {
  const base = '<base target="_blank">';
  const head = /<head\b[^>]*>/i;
  return head.test(html) ? html.replace(head, `$&${base}`) : `<!doctype html>${base}${html}`;
}
