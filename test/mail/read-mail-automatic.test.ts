import { readMail } from '../../adapters/inbox.ts';

const OURS = '<1f0e@isu.example>';
const HEAD = ['From: Mission <mission@laos.example>', `In-Reply-To: ${OURS}`];
const read = (...headers: string[]) => readMail(Buffer.from([...HEAD, ...headers, '', 'I am away.'].join('\r\n')));
const verdict = async (...headers: string[]) => (await read(...headers)).verdict;

describe('A mail written by a machine', () => {
  it.each([
    'Auto-Submitted: auto-replied',
    'Auto-Submitted: auto-generated; owner=x',
    'Precedence: auto_reply',
    'X-Autoreply: yes',
    'X-Autorespond: 1',
    'X-Mail-Autoreply: yes',
  ])('says so: %s', async (header) => {
    expect(await read(header)).toMatchObject({
      verdict: { kind: 'autoReply', originalMessageId: OURS },
      isAutoReply: true,
      isBounce: false,
    });
  });

  it.each([
    ['an Exchange that suppresses answers', ['X-Auto-Response-Suppress: All', 'Subject: Automatic reply: Invitation']],
    ['an Exchange, in French', ['X-Auto-Response-Suppress: DR, OOF', 'Subject: Réponse automatique : Invitation']],
    ['a program without a return path, in Spanish', ['Return-Path: <>', 'Subject: Respuesta automática: Invitación']],
    ['the vacation program of old', ['Precedence: bulk', 'Subject: Out of Office']],
  ])('is known by two hints: %s', async (_, headers) => {
    expect(await verdict(...headers)).toMatchObject({ kind: 'autoReply' });
  });

  it.each([
    ['Auto-Submitted: no'],
    ['Precedence: list'],
    ['X-Auto-Response-Suppress: DR, NDR'],
    ['Return-Path: <mission@laos.example>'],
    ['Subject: RE: Automatic reply: Invitation'],
    ['Subject: Re: Absence'],
  ])('is none for: %s', async (header) => {
    expect(await verdict(header)).toEqual({ kind: 'answer', originalMessageId: OURS });
  });

  it.each([
    'Precedence: bulk',
    'Precedence: junk',
    'X-Auto-Response-Suppress: All',
    'Return-Path: <>',
    'Subject: Out of office until Monday',
    'Subject: Absence of victims in our report',
    "Subject: Message d'absence",
    'Subject: Absent(e) du bureau',
    'Subject: En congé',
    'Subject: Fuera de la oficina',
    'Subject: Ausente',
  ])('is a person’s answer that a person looks at, with one hint alone: %s', async (header) => {
    expect(await verdict(header)).toEqual({ kind: 'answer', originalMessageId: OURS, looksAutomatic: true });
  });

  it('may come from an address that takes no answers', async () => {
    const of = async (...headers: string[]) =>
      (await readMail(Buffer.from(['From: Ne-pas-repondre@laos.example', ...headers, '', 'x'].join('\r\n')))).verdict;
    expect(await of()).toEqual({ kind: 'answer', looksAutomatic: true });
    expect(await of('Precedence: bulk')).toEqual({ kind: 'autoReply' });
  });

  it('is an answer to ours by the last of its references, when it names no other', async () => {
    const mail = Buffer.from(`From: m@laos.example\r\nReferences: <0@isu.example>\r\n ${OURS}\r\n\r\nx`);
    expect((await readMail(mail)).verdict).toEqual({ kind: 'answer', originalMessageId: OURS });
  });

  it('is automatic however often it goes round: nothing is written back', async () => {
    const round = ['Auto-Submitted: auto-replied', 'X-Loop: laos.example', 'Precedence: junk'];
    const subject = `Subject: ${'Automatic reply: '.repeat(200)}`;
    expect(await verdict(...round, ...Array(60).fill('Received: from a by b'), subject)).toMatchObject({
      kind: 'autoReply',
    });
  });

  it('is a letter of ours that a mailing list sends back to us', async () => {
    const list = ['List-Id: <missions.laos.example>', 'Precedence: list', 'X-BeenThere: missions@laos.example'];
    // Every letter of ours says so of itself.
    expect(await verdict(...list, 'Auto-Submitted: auto-generated')).toMatchObject({ kind: 'autoReply' });
    expect(await verdict(...list)).toEqual({ kind: 'answer', originalMessageId: OURS });
  });
});

describe('A read receipt', () => {
  const receipt = (type: string, disposition: string) => [
    `Content-Type: multipart/report; ${type}boundary=b`,
    '',
    '--b',
    '',
    'Your message was displayed.',
    '--b',
    'Content-Type: message/disposition-notification',
    '',
    'Final-Recipient: rfc822; mission@laos.example',
    'Original-Message-ID: <1f0e@isu.example>',
    `Disposition: manual-action/MDN-sent-manually; ${disposition}`,
    '',
    '--b--',
  ];

  it.each([
    ['report-type=disposition-notification; ', 'displayed'],
    ['report-type=disposition-notification; ', 'deleted'],
    ['', 'displayed'],
  ])('%s%s names the letter that was opened or deleted', async (type, disposition) => {
    const raw = Buffer.from(['From: mission@laos.example', ...receipt(type, disposition)].join('\r\n'));
    expect(await readMail(raw)).toMatchObject({
      verdict: { kind: 'readReceipt', originalMessageId: OURS },
      isAutoReply: true,
      isBounce: false,
    });
  });

  it('may say so without the part that belongs to it', async () => {
    const type = 'Content-Type: multipart/report; report-type=disposition-notification; boundary=b';
    expect(await verdict(type, '', '--b', '', 'It was displayed.', '--b--')).toEqual({
      kind: 'readReceipt',
      originalMessageId: OURS,
    });
  });
});

describe('A challenge', () => {
  it.each([
    ['BoxTrapper', ['X-Boxtrapper: x', 'Subject: Your email requires verification verify#aBc']],
    ['TMDA', ['X-TMDA-Fingerprint: x', 'Auto-Submitted: auto-replied']],
    ['a program, in English', ['Auto-Submitted: auto-replied', 'Subject: Please confirm your message']],
    ['a program, in French', ['Precedence: bulk', 'Subject: Confirmez votre envoi']],
    ['a program, in Spanish', ['Return-Path: <>', 'Subject: Confirme su mensaje']],
  ])('of %s is no automatic answer: the letter waits for a person', async (_, headers) => {
    expect(await read(...headers)).toMatchObject({
      verdict: { kind: 'challenge', originalMessageId: OURS },
      isAutoReply: false,
    });
  });

  it('is none when a person asks', async () => {
    expect(await verdict('Subject: Please confirm your address')).toEqual({ kind: 'answer', originalMessageId: OURS });
  });
});
