import { readMail } from '../../adapters/inbox.ts';

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
      verdict: { kind: 'answer', originalMessageId: '<1@isu.example>' },
      isAutoReply: false,
      isBounce: false,
    });
  });

  it('says where it was delivered, whatever its To says', async () => {
    const noted = ['Delivered-To: a@isu.example', 'X-Original-To: B@isu.example', 'Envelope-To: <c@isu.example>'];
    const crowd = Array.from({ length: 300 }, (_, number) => `m${number}@laos.example`).join(', ');
    const { to } = await readMail(mail(FROM, `To: ${crowd}`, ...noted, '', 'x'));
    expect(to).toHaveLength(200);
    expect(to.slice(-3)).toEqual(['a@isu.example', 'b@isu.example', 'c@isu.example']);
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

describe('A mail that cannot be read', () => {
  it.each<[string, Buffer, string]>([
    ['is empty', Buffer.alloc(0), 'The mail is empty.'],
    ['has no sender', mail('Subject: x', '', 'x'), 'The mail does not say who sent it.'],
    ['has a sender without an address', mail('From: The Ambassador', '', 'x'), 'The mail does not say who sent it.'],
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

  it('is only the beginning of one', async () => {
    const reading = readMail(mail(FROM, '', 'Dear'), 90_000_000);
    await expect(reading).rejects.toThrow(
      'Only the beginning of this mail of 90 MB is kept; it lies whole in the mailbox.',
    );
  });
});
