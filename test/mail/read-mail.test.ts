import { readMail, UnreadableMail } from '../../adapters/inbox.ts';

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const FROM = 'From: Mission <mission@laos.example>';

describe('A mail that is read', () => {
  it('says who wrote what to whom, in which thread', async () => {
    const read = await readMail(
      mail(
        'From: =?utf-8?B?TWlzc2lvbiBkZSBDw7R0ZSBk4oCZSXZvaXJl?= <mission@cotedivoire.example>',
        'To: ISU <isu+7@isu.example>, Group: a@x.example, b@x.example;',
        'Cc: ISU@isu.example',
        'Delivered-To: secretariat@isu.example',
        'Subject: =?utf-8?Q?R=C3=A9ponse?=',
        'Message-ID: <2@cotedivoire.example>',
        'In-Reply-To: <1@isu.example>',
        'References: <0@isu.example> <1@isu.example>',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'D=E9cembre',
      ),
    );
    expect(read).toEqual({
      messageId: '<2@cotedivoire.example>',
      inReplyTo: '<1@isu.example>',
      references: ['<0@isu.example>', '<1@isu.example>'],
      from: { address: 'mission@cotedivoire.example', name: 'Mission de Côte d’Ivoire' },
      to: ['isu+7@isu.example', 'a@x.example', 'b@x.example', 'isu@isu.example', 'secretariat@isu.example'],
      subject: 'Réponse',
      text: 'Décembre',
      attachments: [],
      isAutoReply: false,
      isBounce: false,
    });
  });

  it('is read from its HTML when it has no plain text, without fetching anything', async () => {
    const read = await readMail(
      mail(FROM, 'Content-Type: text/html', '', '<p>Yes</p><img src="http://127.0.0.1:9/pixel">'),
    );
    expect(read.text).toContain('Yes');
    expect(read.messageId).toBeNull();
  });

  it('gives its documents, but not the crest in the signature', async () => {
    const read = await readMail(
      mail(
        FROM,
        'Content-Type: multipart/related; boundary=r',
        '',
        '--r',
        'Content-Type: text/html',
        '',
        '<img src="cid:crest">',
        '--r',
        'Content-Type: image/png; name=crest.png',
        'Content-ID: <crest>',
        'Content-Transfer-Encoding: base64',
        '',
        'AAAA',
        '--r',
        "Content-Type: application/pdf; name*=utf-8''Informe%20a%C3%B1o.pdf",
        'Content-Disposition: attachment',
        'Content-Transfer-Encoding: base64',
        '',
        'JVBERg==',
        '--r--',
      ),
    );
    expect(read.attachments).toEqual([
      { fileName: 'Informe año.pdf', bytes: Buffer.from('%PDF'), declaredType: 'application/pdf' },
    ]);
  });

  it('with broken base64 gives what can be decoded', async () => {
    const read = await readMail(
      mail(FROM, 'Content-Type: application/pdf; name=r.pdf', 'Content-Transfer-Encoding: base64', '', 'JVB*ER!g=='),
    );
    expect(read.attachments).toHaveLength(1);
  });

  it('with a part that is cut off gives the part', async () => {
    const read = await readMail(
      mail(FROM, 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'Half a sent'),
    );
    expect(read.text).toContain('Half a sent');
  });
});

describe('A mail written by a machine', () => {
  it.each([
    ['Auto-Submitted: auto-replied', true],
    ['Auto-Submitted: auto-generated; owner=x', true],
    ['Auto-Submitted: no', false],
    ['Precedence: auto_reply', true],
    ['Precedence: bulk', false],
    ['X-Autoreply: yes', true],
    ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b', true],
  ])('%s: automatic %s', async (header, isAutoReply) => {
    const body = header.includes('boundary') ? '--b\r\n\r\nRead.\r\n--b--' : 'I am away.';
    expect(await readMail(mail(FROM, header, '', body))).toMatchObject({ isAutoReply, isBounce: false });
  });

  it('is a bounce when it reports on a delivery', async () => {
    const read = await readMail(
      mail(
        'From: MAILER-DAEMON@laos.example',
        'Auto-Submitted: auto-replied',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        '',
        'It could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Final-Recipient: rfc822; gone@laos.example',
        'Action: failed',
        'Status: 5.1.1',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Message-ID: <1@isu.example>',
        '',
        'x',
        '--b--',
      ),
    );
    expect(read).toMatchObject({ isBounce: true, isAutoReply: false });
    expect(read.attachments.map(({ declaredType }) => declaredType)).toEqual([
      'message/delivery-status',
      'message/rfc822',
    ]);
    expect(read.attachments[0]?.bytes.toString()).toContain('Status: 5.1.1');
  });
});

describe('A mail that cannot be read', () => {
  it.each<[string, Buffer, string]>([
    ['is empty', Buffer.alloc(0), 'The mail is empty.'],
    ['has no sender', mail('Subject: x', '', 'x'), 'The mail does not say who sent it.'],
    ['has a sender without an address', mail('From: The Ambassador', '', 'x'), 'The mail does not say who sent it.'],
    ['is over 40 MB', Buffer.alloc(40_000_001, 'x'), 'The mail is 41 MB; up to 40 MB can be read.'],
    [
      'has 10,000 headers',
      mail(FROM, ...Array(10_000).fill('X-A: b'), '', 'x'),
      'The mail has more than 2,000 header lines.',
    ],
    [
      'has one huge header',
      mail(FROM, `X-A: ${'b'.repeat(2_000_000)}`, '', 'x'),
      'The mail is broken and cannot be read.',
    ],
    [
      'promises parts that are not there',
      mail(FROM, 'Content-Type: multipart/mixed; boundary=b', '', 'lost in transit'),
      'The mail is cut off or broken: none of its parts can be read.',
    ],
    [
      'is random bytes',
      Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)),
      'The mail does not say who sent it.',
    ],
  ])('%s', async (_, raw, sentence) => {
    await expect(readMail(raw)).rejects.toMatchObject({ name: 'UnreadableMail', message: sentence });
  });

  it('does not hold up the others, however deep its parts are nested', async () => {
    const nested = Array.from({ length: 3000 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary=b${depth}`,
      '',
      `--b${depth}`,
    ]);
    const outcome = await readMail(mail(FROM, ...nested.flat(), '', 'x')).catch((error) => error);
    expect(outcome).toBeInstanceOf(UnreadableMail);
  });
});
