import { type Door, notThere, sendPage } from './door.ts';
import { readForm } from './form.ts';
import { mailboxPath } from './layout.tsx';
import { openLetter } from './letter.ts';
import { writePage } from './letter-form.tsx';
import { messagePage } from './message-page.tsx';
import { type AttachedFile, type Draft, sendLetter, type Thread } from './send.ts';

type Asked = { Params: { uid: string }; Querystring: { from?: string; to?: string } };

export function writingRoutes(door: Door): void {
  const { app, store } = door;
  app.get<Asked>('/write', ({ query }, reply) =>
    sendPage(reply, writePage({ draft: { from: query.from ?? '', to: query.to ?? '', subject: '', text: '' } })),
  );

  app.post('/write', async (request, reply) => {
    const { draft, files, complaints } = await readForm(request);
    if (Object.keys(complaints).length > 0) return sendPage(reply.code(400), writePage({ draft, complaints }));
    const refusal = await refusalOf({ door, draft, files });
    if (refusal) return sendPage(reply.code(502), writePage({ draft, refusal }));
    return reply.redirect(`${mailboxPath(draft.to)}?sent=1`, 303);
  });

  app.post<Asked>('/message/:uid/reply', async (request, reply) => {
    const message = store.message(Number(request.params.uid));
    const raw = message && (await store.raw(message.uid));
    const letter = raw && (await openLetter(raw).catch(() => null));
    if (!letter) return notThere(reply);
    const { draft: typed, files, complaints } = await readForm(request);
    const draft = { ...typed, to: letter.replyAddress, subject: answering(letter.subject) };
    // The addresses are not typed here: From is one the letter came to, To is whoever wrote it.
    const { from: _from, to: _to, ...about } = complaints;
    if (!message.envelopeTo.includes(draft.from)) draft.from = message.envelopeTo[0] ?? '';
    const again = { message, letter, view: letter.html ? 'html' : 'text', draft } as const;
    if (Object.keys(about).length > 0) return sendPage(reply.code(400), messagePage({ ...again, complaints: about }));
    const references = [...letter.references, letter.messageId ?? []].flat();
    const refusal = await refusalOf({ door, draft, files, thread: { inReplyTo: letter.messageId, references } });
    if (refusal) return sendPage(reply.code(502), messagePage({ ...again, refusal }));
    return reply.redirect(`/message/${message.uid}?sent=1`, 303);
  });
}

function answering(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

type Posted = { door: Door; draft: Draft; files: AttachedFile[]; thread?: Thread };

/** Null when the letter was delivered, otherwise the server's sentence. */
async function refusalOf({ door, draft, files, thread }: Posted): Promise<string | null> {
  const sent = sendLetter({ smtpPort: door.smtpPort, draft, files, thread, date: await door.now() });
  return await sent.then(
    () => null,
    (error: Error & { response?: string }) => error.response ?? error.message,
  );
}
