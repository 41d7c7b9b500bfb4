import { readMail } from '../../adapters/inbox.ts';

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const FROM = 'From: Mission <mission@laos.example>';
const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

describe('A mail that means harm', () => {
  it.each<[string, Buffer, string]>([
    ['50 MB', Buffer.alloc(50_000_000, 'x'), 'The mail is 50 MB; up to 40 MB can be read.'],
    [
      '10,000 headers',
      mail(FROM, ...Array(10_000).fill('X-A: b'), '', 'x'),
      'The mail has more than 2,000 header lines.',
    ],
    [
      'a header of 2 MB',
      mail(FROM, `X-A: ${'b'.repeat(2_000_000)}`, '', 'x'),
      'The mail has more parts, or a longer header, than can be read.',
    ],
    ['10,000 attachments', withAttachments(10_000), 'The mail has more parts, or a longer header, than can be read.'],
    ['101 attachments', withAttachments(101), 'The mail has 101 attachments; up to 100 can be read.'],
    [
      'a sender who is two',
      mail('From: =?utf-8?Q?A=0D=0ABcc:_e@z.example?= <m@laos.example>', '', 'x'),
      'The mail does not say who sent it.',
    ],
  ])('with %s lies in the tray, with the reason', async (_, raw, sentence) => {
    const begun = performance.now();
    await expect(readMail(raw)).rejects.toMatchObject({ name: 'UnreadableMail', message: sentence });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('with 100 attachments is read', async () => {
    expect((await readMail(withAttachments(100))).attachments).toHaveLength(100);
  });

  it('with headers of 64 kB is read, and its lines are cut', async () => {
    const id = `<${'a'.repeat(64_000)}@laos.example>`;
    const long = [`Subject: ${'é'.repeat(32_000)}`, `X-A: ${'b'.repeat(64_000)}`, `Message-ID: ${id}`];
    const references = `References: ${Array.from({ length: 4_000 }, (_, number) => `<${number}@a.example>`).join(' ')}`;
    const read = await readMail(mail(FROM, ...long, references, '', 'x'));
    expect(read.subject).toBe(`${'é'.repeat(499)}…`);
    expect(read.messageId).toBeNull();
    expect(read.references).toHaveLength(101);
    expect(read.references.slice(0, 2)).toEqual(['<0@a.example>', '<3900@a.example>']);
  });

  it('cannot start a header of its own from its subject, its name or the name of a file', async () => {
    const injected = encoded('Report\r\nBcc: e@z.example\r\n\r\nDear');
    const file = "Content-Type: application/pdf; name*=utf-8''a%0D%0ABcc%3A%20e.pdf";
    const from = `From: ${injected} <m@laos.example>`;
    const { subject, attachments, ...read } = await readMail(mail(from, `Subject: ${injected}`, file, '', 'x'));
    expect(read.from).toEqual({ address: 'm@laos.example', name: 'Report Bcc: e@z.example Dear' });
    expect(subject).toBe('Report Bcc: e@z.example Dear');
    expect(attachments[0]?.fileName).toBe('a Bcc: e.pdf');
  });

  it('cannot turn the direction of its subject or of the name of a file', async () => {
    const file = "Content-Type: application/pdf; name*=utf-8''report%E2%80%AEfdp.exe";
    const { subject, attachments } = await readMail(
      mail(FROM, `Subject: ${encoded('a \u202Efdp.exe')}`, file, '', 'x'),
    );
    expect(subject).toBe('a fdp.exe');
    expect(attachments[0]?.fileName).toBe('reportfdp.exe');
  });

  it('with null bytes is read without them', async () => {
    const read = await readMail(
      mail('From: A\0B <m@laos.ex\0ample>', 'Subject: a\0b', 'Message-ID: <a\0b@c>', '', 'x\0y'),
    );
    expect(read).toMatchObject({
      from: { name: 'AB', address: 'm@laos.example' },
      subject: 'ab',
      messageId: '<ab@c>',
      text: 'xy',
    });
  });

  it('with half a character, or an unknown alphabet, is read as text that can be kept', async () => {
    const half = Buffer.from([0x41, 0x00, 0x00, 0xd8]).toString('base64');
    const alone = mail(
      FROM,
      'Content-Type: text/plain; charset=utf-16le',
      'Content-Transfer-Encoding: base64',
      '',
      half,
    );
    expect((await readMail(alone)).text.isWellFormed()).toBe(true);
    const unknown = await readMail(mail(FROM, 'Content-Type: text/plain; charset=klingon', '', 'Hello'));
    expect(unknown.text).toBe('Hello');
  });

  it.each([
    ['500', 'x'],
    ['3000', 'The mail has more parts, or a longer header, than can be read.'],
  ])('with %s parts within each other holds nothing up', async (depth, outcome) => {
    const nested = Array.from({ length: Number(depth) }, (_, at) => [
      `Content-Type: multipart/mixed; boundary=b${at}`,
      '',
      `--b${at}`,
    ]);
    const read = await readMail(mail(FROM, ...nested.flat(), '', 'x')).catch((error: Error) => ({
      text: error.message,
    }));
    expect(read.text).toBe(outcome);
  });

  it('with mails within mails keeps them as one file', async () => {
    const nested = Array.from({ length: 300 }, () => ['Content-Type: message/rfc822', '', FROM]);
    expect((await readMail(mail(FROM, ...nested.flat(), '', 'x'))).attachments).toHaveLength(1);
  });

  it('with a page of 2 MB says that its text is too long', async () => {
    const page = Buffer.alloc(2_000_000, '<p>word</p> ');
    const read = await readMail(Buffer.concat([mail(FROM, 'Content-Type: text/html', '', ''), page]));
    expect(read.text).toBe('The text of this mail is longer than can be shown. Open the mail itself.');
  });

  it('takes no time to find out that it is no bounce', async () => {
    const words = 'delivery to '.repeat(3_000_000);
    const begun = performance.now();
    const { verdict } = await readMail(mail('Return-Path: <>', FROM, '', words));
    expect(verdict.kind).toBe('answer');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

function withAttachments(count: number): Buffer {
  const part = (number: number) => `--b\r\nContent-Type: application/pdf; name=${number}.pdf\r\n\r\nx\r\n`;
  const parts = Array.from({ length: count }, (_, number) => part(number)).join('');
  return Buffer.from(`${FROM}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`);
}
