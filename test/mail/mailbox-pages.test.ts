import { request } from 'node:http';
import { createTransport } from 'nodemailer';
import { readMail } from '../../adapters/inbox.ts';
import { type Mailbox, startMailbox } from '../../embedded/mailbox.ts';

let mailbox: Mailbox;
beforeEach(async () => {
  const now = () => new Date('2027-03-01T08:00:00Z');
  mailbox = await startMailbox({ smtpPort: 0, webPort: 0, now, rejects: (address) => address.startsWith('gone@') });
});
afterEach(() => mailbox.stop());

const ISU = { name: 'Unité d’appui', address: 'isu@isu.example' };
const MISSION = { name: 'Mission of Türkiye', address: 'mission@turkiye.example' };

async function arrive(differently: object = {}): Promise<void> {
  const port = Number(new URL(mailbox.smtpUrl).port);
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  await transport.sendMail({
    from: ISU,
    to: MISSION,
    messageId: '<request-1@isu.example>',
    references: ['<first@isu.example>'],
    subject: 'Demande d’information: Côte d’Ivoire',
    text: 'Open http://127.0.0.1:9/a/secret.',
    html: '<html><head><title>x</title></head><body><p>Dear <b>colleague</b></p><script>evil()</script></body></html>',
    attachments: [{ filename: 'Modèle №7.pdf', content: '%PDF-1.7' }],
    ...differently,
  });
}

const open = (path: string, init?: RequestInit) => fetch(`${mailbox.webUrl}${path}`, { redirect: 'manual', ...init });
const read = async (path: string) => (await open(path)).text();

function filled(fields: Record<string, string>, files: [string, string][] = []): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const [name, text] of files) body.append('files', new Blob([text], { type: 'application/pdf' }), name);
  return { method: 'POST', body };
}

describe('The lists', () => {
  it('say what will come while there is nothing', async () => {
    expect(await read('/')).toContain('As soon as a letter is sent to anybody, it is listed here.');
  });

  it('show every letter and every address', async () => {
    await arrive();
    const home = await read('/');
    expect(home).toContain('Demande d’information: Côte d’Ivoire');
    expect(home).toContain('Unité d’appui');
    expect(home).toContain('1 Mar 2027, 09:00');
    expect(home).toContain('1 attachment');
    expect(home).toContain('/mailbox/mission%40turkiye.example');
    expect(await read('/mailbox/mission%40turkiye.example')).toContain('href="/message/1"');
    expect(await read('/mailboxes?q=TURK')).toContain('mission@turkiye.example');
  });

  it('find letters by words of subject, name and address', async () => {
    await arrive();
    await arrive({ subject: 'Something else', from: 'b@x.example' });
    const found = await read('/?q=d’information+turkiye');
    expect(found).toContain('/message/1');
    expect(found).not.toContain('/message/2');
    expect(await read('/?q=zzz')).toContain('No letter matches this search.');
  });

  it('turn over after fifty letters', async () => {
    await Promise.all(Array.from({ length: 51 }, () => arrive({ html: undefined, attachments: [] })));
    expect(await read('/')).toContain('Page 1 of 2');
    expect(await read('/?page=2')).toContain('href="/message/1"');
    expect(await read('/?page=99')).toContain('Page 2 of 2');
  });
});

describe('A letter', () => {
  it('is shown with its headers, its text and its links', async () => {
    await arrive();
    const text = await read('/message/1?view=text');
    expect(text).toContain('Unité d’appui &lt;isu@isu.example>');
    expect(text).toContain('Monday 1 March 2027 at 09:00 (Geneva)');
    expect(text).toContain('<a href="http://127.0.0.1:9/a/secret" target="_blank"');
  });

  it('runs and loads nothing, and opens its links in tabs of their own', async () => {
    await arrive();
    expect(await read('/message/1')).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    const letter = await open('/message/1/html');
    expect(letter.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups [^;]*; default-src 'none'/);
    expect(await letter.text()).toContain('<head><base target="_blank">');
  });

  it('gives its files and its source', async () => {
    await arrive();
    const file = await open('/message/1/attachment/0');
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Mod%C3%A8le%20%E2%84%967.pdf");
    expect(await file.text()).toBe('%PDF-1.7');
    expect(await read('/message/1/raw')).toBe((await mailbox.raw(1))?.toString());
  });

  it('cannot put markup into the page', async () => {
    await arrive({ subject: '<script>alert(1)</script>', from: { name: '<img src=x>', address: 'a@x.example' } });
    for (const path of ['/', '/message/1', '/message/1?view=text']) {
      expect(await read(path)).not.toMatch(/<script>|<img/);
    }
  });

  it.each(['/message/99', '/message/abc', '/message/1/attachment/5', '/message/..%2f1/raw', '/nowhere'])(
    'is not found at %s',
    async (path) => {
      await arrive();
      expect((await open(path)).status).toBe(404);
    },
  );
});

describe('A reply', () => {
  it('goes by mail to the writer, in the thread of the letter, with its files', async () => {
    await arrive({ replyTo: 'cases+1@isu.example' });
    const form = filled({ from: 'mission@turkiye.example', text: 'Voilà' }, [['Rapport été.pdf', '%PDF']]);
    const sent = await open('/message/1/reply', form);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/message/1?sent=1']);
    const reply = await readMail((await mailbox.raw(2)) as Buffer);
    expect(reply).toMatchObject({
      inReplyTo: '<request-1@isu.example>',
      references: ['<first@isu.example>', '<request-1@isu.example>'],
      from: { address: 'mission@turkiye.example' },
      to: ['cases+1@isu.example'],
      subject: 'Re: Demande d’information: Côte d’Ivoire',
      text: 'Voilà',
      attachments: [{ fileName: 'Rapport été.pdf', bytes: Buffer.from('%PDF'), declaredType: 'application/pdf' }],
    });
  });

  it('comes from an address the letter came to, whatever the form says', async () => {
    await arrive();
    await open('/message/1/reply', filled({ from: 'someone@else.example', text: 'x' }));
    expect(mailbox.messages({ after: 1 })[0]?.envelopeFrom).toBe('mission@turkiye.example');
  });

  it('without text is not sent', async () => {
    await arrive();
    const answer = await open('/message/1/reply', filled({ from: 'mission@turkiye.example', text: '  ' }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Write the text of the letter');
    expect(mailbox.messages()).toHaveLength(1);
  });
});

describe('A letter written here', () => {
  const LETTER = { from: 'embassy@laos.example', to: 'isu@isu.example', subject: 'Report', text: 'Enclosed.' };

  it('is delivered', async () => {
    const answer = await open('/write', filled(LETTER));
    expect(answer.headers.get('location')).toBe('/mailbox/isu%40isu.example?sent=1');
    expect(mailbox.messages()[0]).toMatchObject({ envelopeFrom: 'embassy@laos.example', subject: 'Report' });
  });

  it.each([
    ['from', 'nobody', 'Enter the address it comes from'],
    ['to', 'a@x.example\r\nBcc: z@z.example', 'Enter one address'],
    ['to', 'a@x.example, b@x.example', 'Enter one address'],
    ['text', '', 'Write the text of the letter'],
  ])('with a wrong %s (%j) is not sent, and what was typed stays', async (field, value, sentence) => {
    const answer = await open('/write', filled({ ...LETTER, [field]: value }));
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain(sentence);
    expect(page).toContain('value="Report"');
    expect(mailbox.messages()).toEqual([]);
  });

  it('to an address that is refused says so', async () => {
    const answer = await open('/write', filled({ ...LETTER, to: 'gone@isu.example' }));
    expect(await answer.text()).toContain('The mail system refused it: 550 No such mailbox here');
  });

  it('with a file that is too large says so', async () => {
    const answer = await open('/write', filled(LETTER, [['large.pdf', 'x'.repeat(25_000_001)]]));
    expect(await answer.text()).toContain('A file is larger than 25 MB. Choose a smaller one.');
  });

  it('with more than ten files says so', async () => {
    const files = Array.from({ length: 11 }, (_, number): [string, string] => [`${number}.pdf`, 'x']);
    expect(await (await open('/write', filled(LETTER, files))).text()).toContain('Choose up to 10 files');
  });
});

describe('A page from elsewhere', () => {
  it('cannot post a letter', async () => {
    const form = filled({ from: 'a@x.example', to: 'b@x.example', text: 'x' });
    const answer = await open('/write', { ...form, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(403);
    expect(mailbox.messages()).toEqual([]);
  });

  it('cannot read letters under a name of its own', async () => {
    const status = await new Promise((resolve) =>
      request(`${mailbox.webUrl}/`, { headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
});
