import { simpleParser } from 'mailparser';
import { composeMime, type MailMessage } from '../../adapters/mime.ts';

const plain: MailMessage = {
  from: { name: 'ISU, Convention on Cluster Munitions', address: 'secretariat@isu.example' },
  to: { name: "Mission de la Côte d'Ivoire", address: 'mission.ci@geneva.example' },
  replyTo: 'secretariat+q1@isu.example',
  subject: 'Rappel : rapport à présenter [report-intake/2028/CIV]',
  text: 'Référence\n\n.a line with a dot\nFrom here\n',
  html: `<p>Référence ${'long '.repeat(400)}</p>`,
  messageId: '<l1.3f2a@isu.example>',
  date: new Date('2028-03-30T07:00:00Z'),
};
const compose = (differently: Partial<MailMessage> = {}) => composeMime({ ...plain, ...differently });

describe('A message', () => {
  it('arrives as it was written', async () => {
    const parsed = await simpleParser(
      await compose({ inReplyTo: '<a@x.example>', references: ['<a@x.example>', '<b@x.example>'] }),
    );
    expect(parsed.subject).toBe(plain.subject);
    expect(parsed.text).toBe(plain.text);
    expect(parsed.html).toBe(plain.html);
    expect(parsed.from?.value).toEqual([plain.from]);
    expect(parsed.to).toEqual(expect.objectContaining({ value: [plain.to] }));
    expect(parsed.replyTo?.value[0]?.address).toBe('secretariat+q1@isu.example');
    expect([parsed.messageId, parsed.inReplyTo, parsed.references]).toEqual([
      plain.messageId,
      '<a@x.example>',
      ['<a@x.example>', '<b@x.example>'],
    ]);
    expect(parsed.date).toEqual(plain.date);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('is the same bytes for the same input, and other bytes for another', async () => {
    const attachments = [{ fileName: 'plan.txt', bytes: Buffer.from('plan'), mediaType: 'text/plain; charset=utf-8' }];
    const first = await compose({ attachments });
    expect(await compose({ attachments })).toEqual(first);
    expect(await compose({ attachments, messageId: '<l2@isu.example>' })).not.toEqual(first);
  });

  it('ends every line with CRLF and keeps lines short', async () => {
    const bytes = (
      await compose({
        attachments: [{ fileName: 'a.eml', bytes: Buffer.from('A: b\n\nc\n'), mediaType: 'text/plain' }],
      })
    ).toString('latin1');
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of bytes.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(bytes).toMatch(/^[\r\n\t -~]*$/);
  });

  it('carries attachments byte for byte under their names', async () => {
    const bytes = Buffer.from([0, 1, 2, 10, 13, 255]);
    const attachments = [{ fileName: 'Rapport 2027 – Côte d’Ivoire.pdf', bytes, mediaType: 'application/pdf' }];
    const [attached] = (await simpleParser(await compose({ attachments }))).attachments;
    expect(attached).toEqual(
      expect.objectContaining({
        filename: attachments[0]!.fileName,
        contentType: 'application/pdf',
        contentDisposition: 'attachment',
      }),
    );
    expect(attached!.content).toEqual(bytes);
  });

  it('may carry further headers', async () => {
    const parsed = await simpleParser(await compose({ headers: { 'X-Focalpoint-Letter': 'l1' } }));
    expect(parsed.headers.get('x-focalpoint-letter')).toBe('l1');
  });

  it('leaves direction overrides and tabs out of what people see in a list of mails', async () => {
    const parsed = await simpleParser(
      await compose({ subject: 'report\u202Efdp.exe\u2066\t!', from: { ...plain.from, name: 'I\u202ASU' } }),
    );
    expect([parsed.subject, parsed.from?.value[0]?.name]).toEqual(['reportfdp.exe !', 'ISU']);
  });

  it('keeps an encoded word in a subject from being decoded', async () => {
    const subject = '=?utf-8?Q?=0D=0ABcc:_x@evil.example?=';
    expect((await simpleParser(await compose({ subject }))).subject).toBe(subject.replace('=?', '= ?'));
  });

  it('sends to international domains in their ASCII form', async () => {
    const bytes = await compose({ to: { address: 'mission@münchen.example' } });
    expect(bytes.toString('latin1')).toContain('\r\nTo: mission@xn--mnchen-3ya.example\r\n');
  });

  it('reads no file and no address on the way', async () => {
    const bytes = await compose({ text: { path: '/etc/hostname' } as never }).catch((error: Error) => error);
    expect(bytes).toBeInstanceOf(Error);
    const fetched = await compose({ html: { href: 'http://127.0.0.1:9/' } as never }).catch((error: Error) => error);
    expect(fetched).toBeInstanceOf(Error);
  });
});

const to = (address: string): Partial<MailMessage> => ({ to: { address } });

describe('An injection is refused with a sentence', () => {
  it.each<[string, Partial<MailMessage>]>([
    ['a second header in the address', to('a@y.example\r\nBcc: e@z.example')],
    ['a bare line feed in the address', to('a@y.example\nBcc: e@z.example')],
    ['two addresses', to('a@y.example,e@z.example')],
    ['two addresses by semicolon', to('a@y.example;e@z.example')],
    ['a group', to('x: a@y.example, e@z.example;')],
    ['a name in the address', to('A <e@z.example>')],
    ['a quoted local part', to('"a b"@y.example')],
    ['a comment', to('a@y.example (e@z.example)')],
    ['an IP literal', to('a@[127.0.0.1]')],
    ['two at signs', to('a@y.example@z.example')],
    ['a NUL', to('a\0@y.example')],
    ['a direction override in the address', to('a\u202E@y.example')],
    ['no address', to('')],
    ['an address of 255 characters', to(`${'a'.repeat(60)}@${'b.'.repeat(95)}example`)],
    ['a sender with a header', { from: { address: 'a@y.example\r\nSender: e@z.example' } }],
    ['a reply address with a header', { replyTo: 'a@y.example\r\nBcc: e@z.example' }],
    ['a display name with a header', { to: { name: 'A\r\nBcc: e@z.example', address: 'a@y.example' } }],
    ['a subject with a header', { subject: 'x\r\nBcc: e@z.example' }],
    ['a subject with a bare carriage return', { subject: 'x\rBcc: e@z.example' }],
    ['a subject with a line separator', { subject: 'x\u2028Bcc: e@z.example' }],
    ['a message id with a header', { messageId: '<a@b>\r\nBcc: e@z.example' }],
    ['a message id without brackets', { messageId: 'a@b' }],
    ['a reference with a header', { references: ['<a@b>\r\nBcc: e@z.example'] }],
    ['an in-reply-to with two ids', { inReplyTo: '<a@b> <c@d>' }],
    ['a header value with a header', { headers: { 'X-A': 'x\r\nBcc: e@z.example' } }],
    ['a header name with a header', { headers: { 'X-A: x\r\nBcc': 'e@z.example' } }],
    ['a header that is another recipient', { headers: { bCC: 'e@z.example' } }],
    ['a header that is set already', { headers: { 'Message-Id': '<x@y>' } }],
    ['a content header', { headers: { 'Content-Type': 'text/html' } }],
    [
      'a file name with a header',
      { attachments: [{ fileName: 'a\r\nX: y', bytes: Buffer.from('x'), mediaType: 'text/plain' }] },
    ],
    [
      'a media type with a header',
      { attachments: [{ fileName: 'a', bytes: Buffer.from('x'), mediaType: 'text/plain\r\nX: y' }] },
    ],
    ['no date', { date: new Date(Number.NaN) }],
  ])('%s', async (_, differently) => {
    const refusal = await compose(differently).then(String, (error: Error) => error.message);
    expect(refusal).toMatch(/^[^\r\n]{10,120}\.$/);
    expect(refusal).not.toContain('z.example');
  });
});
