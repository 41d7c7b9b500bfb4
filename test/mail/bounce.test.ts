import { readMail } from '../../adapters/inbox.ts';

const OURS = '<1f0e@isu.example>';
const GONE = 'mission@laos.example';

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const verdict = async (...lines: string[]) => (await readMail(mail(...lines))).verdict;

/** The letter that came back, as mail servers attach it. */
const RETURNED = ['Message-ID: <1f0e@isu.example>', `To: ${GONE}`, 'Subject: Invitation', '', 'Excellency,'];
const FROM_DAEMON = 'From: Mail Delivery System <MAILER-DAEMON@mx.laos.example>';

function report({
  status,
  type = 'multipart/report; report-type=delivery-status',
  from = FROM_DAEMON,
}: {
  status: string[];
  type?: string;
  from?: string;
}): string[] {
  const parts = [
    ['Content-Type: text/plain', '', 'It was not possible to deliver your message.'],
    ['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.laos.example', '', ...status],
    ['Content-Type: message/rfc822', '', ...RETURNED],
  ];
  return [from, `Content-Type: ${type}; boundary=b`, '', ...parts.flatMap((part) => ['--b', ...part]), '--b--'];
}

const FAILED = ['Final-Recipient: rfc822; mission@laos.example', 'Action: failed', 'Status: 5.1.1'];
const gone = { kind: 'bounce', permanent: true, status: '5.1.1', recipient: GONE, originalMessageId: OURS };

describe('A bounce', () => {
  it('is read from the report of the mail server', async () => {
    expect(await verdict(...report({ status: FAILED }))).toEqual(gone);
  });

  it('is about whom we wrote to, wherever that led', async () => {
    const status = [...FAILED, 'Original-Recipient: rfc822;Protocol@Laos.example'];
    expect(await verdict(...report({ status }))).toMatchObject({ recipient: 'protocol@laos.example' });
  });

  it('of several recipients is about the one who fared worst', async () => {
    const relayed = ['Final-Recipient: rfc822; a@laos.example', 'Action: relayed', 'Status: 2.0.0', ''];
    const late = ['Final-Recipient: rfc822; b@laos.example', 'Action: delayed', 'Status: 4.4.1', ''];
    const both = [...relayed, ...late];
    expect(await verdict(...report({ status: [...both, ...FAILED] }))).toEqual(gone);
    expect(await verdict(...report({ status: both }))).toMatchObject({ kind: 'delay', recipient: 'b@laos.example' });
  });

  it.each([
    ['5.1.10', 'nobody has this mailbox', true],
    ['5.7.1', 'the server does not want it', true],
    ['5.2.2', 'the mailbox is full, whatever class the server gives it', false],
    ['4.2.2', 'the mailbox was full for too long', false],
    ['4.4.7', 'the server was away for too long', false],
  ])('with status %s (%s) is permanent: %s', async (code, _, permanent) => {
    const status = ['Action: failed', `Status: ${code} (as it says)`];
    expect(await verdict(...report({ status }))).toMatchObject({ kind: 'bounce', status: code, permanent });
  });

  it('that says only 5.0.0 has its reason in the diagnostic code, folded over lines', async () => {
    const diagnostic = ['Diagnostic-Code: smtp; 550-The account', '  550 5.1.1 does not exist'];
    const status = ['Action: failed', 'Status: 5.0.0', ...diagnostic];
    expect(await verdict(...report({ status }))).toMatchObject({ status: '5.1.1', permanent: true });
  });

  it('without an Action is judged by its status', async () => {
    const ofStatus = (code: string) => verdict(...report({ status: [`Status: ${code}`] }));
    expect(await ofStatus('5.1.1')).toMatchObject({ kind: 'bounce', permanent: true });
    expect(await ofStatus('4.4.1')).toMatchObject({ kind: 'bounce', permanent: false });
    expect(await ofStatus('2.1.5')).toMatchObject({ kind: 'delivered' });
  });

  it('that does not say what happened is a failure that may pass, never an answer', async () => {
    const empty = { kind: 'bounce', permanent: false, originalMessageId: OURS };
    expect(await verdict(...report({ status: ['X-Nothing: here'] }))).toEqual(empty);
    expect(await verdict(FROM_DAEMON, `In-Reply-To: ${OURS}`, '', 'Please see the attached.')).toEqual(empty);
  });

  it('needs no sender', async () => {
    const read = await readMail(mail(...report({ status: FAILED, from: 'From: <>' })));
    expect(read).toMatchObject({ verdict: gone, from: { address: '' }, isBounce: true, isAutoReply: false });
  });
});

describe('A bounce without a type', () => {
  it('is one when its report does not say what it reports', async () => {
    const from = 'From: delivery@mx.laos.example';
    expect(await verdict(...report({ status: FAILED, type: 'multipart/report', from }))).toEqual(gone);
  });

  it('is one when it is no report but a mail server sends it', async () => {
    expect(await verdict(...report({ status: FAILED, type: 'multipart/mixed' }))).toEqual(gone);
  });

  it('is one when the report stands in the text', async () => {
    const text = ['Your message was not delivered.', '', ...FAILED, '', ...RETURNED];
    expect(await verdict('Return-Path: <>', 'From: postmaster@laos.example', '', ...text)).toEqual(gone);
    const late = ['Our queue is long.', '', 'Action: delayed', 'Final-Recipient: rfc822; mission@laos.example'];
    expect(await verdict(FROM_DAEMON, '', ...late)).toEqual({ kind: 'delay', recipient: GONE });
  });

  it('has its status after the reply of the server, and its recipient beside the postmaster who offers to assist', async () => {
    const text = [
      'I am Postfix 2.5.4. Ask postmaster@mx.laos.example to assist you.',
      '<mission@laos.example>: host mx.laos.example said: 550 5.1.1 unknown',
    ];
    expect(await verdict(FROM_DAEMON, '', ...text)).toMatchObject({ status: '5.1.1', recipient: GONE });
  });

  it('names its recipient in a header when the text does not', async () => {
    const head = ['X-Failed-Recipients: mission@laos.example', 'From: exim@mx.laos.example'];
    expect(await verdict(...head, '', 'It could not be delivered.')).toMatchObject({ kind: 'bounce', recipient: GONE });
  });

  it('is one when qmail says so', async () => {
    const text = [
      'Hi. This is the qmail-send program at mx.laos.example.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      '',
      '<mission@laos.example>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <secretariat@isu.example>',
      ...RETURNED,
    ];
    expect(await verdict('Return-Path: <>', 'From: MAILER-DAEMON@mx.laos.example', '', ...text)).toEqual(gone);
    // Some are sent by a program that gives itself a name of its own.
    expect(await verdict('Return-Path: <>', 'From: bounces@mx.laos.example', '', ...text)).toEqual(gone);
    const expired = text.map((line) => line.replace('(#5.1.1)', 'Giving up on 192.0.2.1. (#4.4.7)'));
    expect(await verdict(FROM_DAEMON, '', ...expired)).toMatchObject({ status: '4.4.7', permanent: false });
  });

  it('is one when Exim says so', async () => {
    const text = [
      'This message was created automatically by mail delivery software.',
      '',
      'A message that you sent could not be delivered to one or more of its',
      'recipients. This is a permanent error. The following address(es) failed:',
      '',
      '  mission@laos.example',
      '    Unrouteable address',
      '',
      '------ This is a copy of your message, including all the headers. ------',
      '',
      ...RETURNED,
    ];
    const said = await verdict('X-Failed-Recipients: mission@laos.example', 'From: exim@mx.laos.example', '', ...text);
    expect(said).toEqual({ kind: 'bounce', permanent: true, recipient: GONE, originalMessageId: OURS });
  });

  it.each([
    [
      'of today',
      'X-MS-Exchange-Message-Is-Ndr:',
      [
        'Delivery has failed to these recipients or groups:',
        '',
        'mission@laos.example',
        "The email address you entered couldn't be found.",
        '',
        'Diagnostic information for administrators:',
        'Generating server: AM0PR01.prod.example',
        "Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipientNotFound; not found'",
      ],
    ],
    [
      'of old',
      'X-Mailer: Internet Mail Service (5.5.2653.19)',
      [
        'Your message',
        '',
        '  To:      mission@laos.example',
        '',
        'did not reach the following recipient(s):',
        '',
        'mission@laos.example on Mon, 1 Mar 2027 08:00:00 +0100',
        '    The e-mail account does not exist at the organization this message was sent to.',
        '    <mx.laos.example #5.1.1 smtp;550 5.1.1 User unknown>',
      ],
    ],
  ])('is one when an Exchange %s says so', async (_, header, text) => {
    const from = 'From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@laos.example>';
    expect(await verdict(header, from, `In-Reply-To: ${OURS}`, '', ...text)).toEqual(gone);
  });

  it('is one in French and Spanish, whose codes are the same', async () => {
    const ndr = 'X-MS-Exchange-Message-Is-Ndr:';
    const from = 'From: postmaster@minrex.example';
    const text = ["Votre message n'a pas pu être remis.", 'Remote Server returned 550 5.1.1'];
    expect(await verdict(ndr, from, '', ...text)).toMatchObject({ kind: 'bounce', status: '5.1.1' });
    expect(await verdict(ndr, from, '', 'No se pudo entregar el mensaje.')).toEqual({
      kind: 'bounce',
      permanent: false,
    });
  });
});

describe('A letter under way', () => {
  it.each([
    ['delayed', '4.4.1', 'delay'],
    ['delivered', '2.1.5', 'delivered'],
    ['relayed', '2.0.0', 'delivered'],
    ['expanded (to a list)', '2.0.0', 'delivered'],
  ])('is reported as %s', async (action, code, kind) => {
    const status = ['Final-Recipient: rfc822; mission@laos.example', `Action: ${action}`, `Status: ${code}`];
    const expected = { kind, status: code, recipient: GONE, originalMessageId: OURS };
    expect(await verdict(...report({ status }))).toEqual(expected);
  });

  it.each([
    'A message that you sent has not yet been delivered to one or more of its recipients.',
    'THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE. 451 4.4.1 timeout',
    'Delivery is delayed to these recipients or groups',
  ])('is late when a server says: %s', async (text) => {
    expect(await verdict(FROM_DAEMON, '', text)).toMatchObject({ kind: 'delay' });
  });
});

describe('What only looks like a bounce', () => {
  const FROM = 'From: Mission <mission@laos.example>';

  it('is an answer when a person quotes one', async () => {
    const text = ['We got this when we wrote to you:', '', ...FAILED, '', 'Undeliverable: 550 5.1.1'];
    expect(await verdict(FROM, `In-Reply-To: ${OURS}`, '', ...text)).toEqual({
      kind: 'answer',
      originalMessageId: OURS,
    });
  });

  it('is an answer when a person passes one on', async () => {
    expect(await verdict(...report({ status: FAILED, type: 'multipart/mixed', from: FROM }))).toMatchObject({
      kind: 'answer',
    });
  });

  it('is an answer when a postmaster writes of other things', async () => {
    expect(await verdict('From: postmaster@laos.example', '', 'Our mission moves.')).toEqual({ kind: 'answer' });
  });

  it('is an absence notice, whose telephone number is no status', async () => {
    const text = ['I am away. Call +41 22 550 Bern or 5.1.1 at the desk.'];
    const head = ['Return-Path: <>', FROM, 'Auto-Submitted: auto-replied', `In-Reply-To: ${OURS}`];
    expect(await verdict(...head, '', ...text)).toEqual({ kind: 'autoReply', originalMessageId: OURS });
  });
});
