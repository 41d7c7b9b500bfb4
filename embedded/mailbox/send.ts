import { createTransport } from 'nodemailer';

export type Draft = { from: string; to: string; subject: string; text: string };
export type AttachedFile = { filename: string; content: Buffer; contentType: string };
export type Thread = { inReplyTo: string | null; references: string[] };

/** Sends by real SMTP. Throws an Error with the server's answer when it refuses the letter. */
export async function sendLetter(given: {
  smtpPort: number;
  draft: Draft;
  files: AttachedFile[];
  thread?: Thread;
  date: Date;
}): Promise<void> {
  const { draft, thread } = given;
  const transport = createTransport({
    host: '127.0.0.1',
    port: given.smtpPort,
    secure: false,
    ignoreTLS: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transport.sendMail({
    // As objects: an address given as a string could smuggle in a second one.
    from: { name: '', address: draft.from },
    to: { name: '', address: draft.to },
    subject: draft.subject,
    text: draft.text,
    attachments: given.files,
    inReplyTo: thread?.inReplyTo ?? undefined,
    references: thread?.references,
    date: given.date,
  });
}
