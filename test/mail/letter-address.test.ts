import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { cluesOf } from '../../adapters/inbox/clues.ts';
import { readMail } from '../../adapters/inbox.ts';
import { readLetterAddress, replyAddress, verpAddress } from '../../adapters/letter-address.ts';
import { secretKey } from '../../adapters/secret-key.ts';

const key = Buffer.alloc(32, 7);
const from = 'secretariat@isu.example';
const letterId = '0b9f2c6e-3d1a-4a57-9d5e-7c1f00aa12ff';
const verp = verpAddress({ letterId, from, key });
const read = (...to: string[]) => readLetterAddress({ to, from, key });

describe('The address a letter leaves from', () => {
  it('names the letter to us, whatever a server makes of its capitals', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), (id, isReply) => {
        const address = (isReply ? replyAddress : verpAddress)({ letterId: id, from, key });
        const expected = { purpose: isReply ? 'reply' : 'bounce', letterId: id };
        expect(read(address)).toEqual(expected);
        expect(read(address.toUpperCase())).toEqual(expected);
        expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
        expect(address).toMatch(/^secretariat\+[a-z0-9]{40}@isu\.example$/);
      }),
    );
  });

  it('cannot be made by anybody else: each other letter or digit is forged', () => {
    const start = 'secretariat+'.length;
    for (let at = start + 1; at < verp.indexOf('@'); at++) {
      const other = verp[at] === '0' ? '1' : '0';
      expect(read(verp.slice(0, at) + other + verp.slice(at + 1))).toBe('forged');
    }
    expect(read(verp.replace('+b', '+r'))).toBe('forged');
    expect(read(verpAddress({ letterId, from, key: Buffer.alloc(32, 8) }))).toBe('forged');
    expect(read(`secretariat+b${'v'.repeat(39)}@isu.example`)).toBe('forged');
  });

  it('is not every address with a plus', () => {
    const others = [from, 'secretariat+spring@isu.example', `${verp.slice(0, -1)}x`, verp.replace('+', '-'), ''];
    expect(read(...others, verp.replace('secretariat', 'director'))).toBeNull();
    expect(read(verp.replace('@', '0@'), verp.replace(/.@/, '@'))).toBeNull();
  });

  it('counts among forged ones, and a forged one among strangers', () => {
    const forged = verp.replace('+b', '+r');
    expect(read(forged, verp)).toEqual({ purpose: 'bounce', letterId });
    expect(read('m@laos.example', forged)).toBe('forged');
  });

  it('is refused when the office’s own is too long for it', () => {
    const of = (length: number) => verpAddress({ letterId, key, from: `${'a'.repeat(length)}@isu.example` });
    expect(of(23).split('@')[0]).toHaveLength(64);
    expect(() => of(24)).toThrow('more than 23 characters before the @');
  });
});

describe('What a mail says it is about', () => {
  const mail = async (...lines: string[]) =>
    cluesOf({ mail: await readMail(Buffer.from(['From: m@laos.example', ...lines].join('\r\n'))), from, key });

  it('is first the mail it names, then those before it, and last itself', async () => {
    const references = 'References: <1@isu.example> <2@laos.example> <3@isu.example>';
    const clues = await mail('Message-ID: <4@laos.example>', 'In-Reply-To: <3@isu.example>', references, '', 'x');
    expect(clues.messageIds).toEqual(['<3@isu.example>', '<2@laos.example>', '<1@isu.example>', '<4@laos.example>']);
    expect(await mail('', 'x')).toEqual({ addressed: null, messageIds: [], reference: null });
  });

  it('is the letter whose address it came to, seen or blind', async () => {
    const addressed = { purpose: 'reply', letterId };
    const reply = replyAddress({ letterId, from, key });
    expect(await mail(`To: ISU <${reply}>`, '', 'x')).toMatchObject({ addressed });
    expect(await mail('To: undisclosed:;', `Delivered-To: ${reply}`, '', 'x')).toMatchObject({ addressed });
  });

  it('with a forged address is not to be believed', async () => {
    expect(await mail(`To: ${verp.replace(/..@/, '00@')}`, '', 'x')).toMatchObject({ addressed: 'forged' });
  });

  it.each([
    ['RE: Rappel (report-intake/2027/LAO)', 'report-intake/2027/LAO'],
    ['information-request/2027/LAO/1', 'information-request/2027/LAO/1'],
    ['Your letter annual-cycle/2027.', 'annual-cycle/2027'],
    ['Report 2027 and/or 2028', null],
    ['https://x.example/report-intake/2027/LAO', null],
  ])('may be a reference in the subject: %s', async (subject, reference) => {
    expect(await mail(`Subject: ${subject}`, '', 'x')).toMatchObject({ reference });
  });
});

describe('The secret behind these addresses', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'focalpoint-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = () => join(folder, 'secret.key');
  const make = (configured: string | null = null) => secretKey({ configured, folder });

  it('is made on first use, for its owner alone, and stays', () => {
    const secret = make();
    expect(secret).toHaveLength(32);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.key']);
    expect(make().equals(secret)).toBe(true);
  });

  it('is another one in another folder', () => {
    const secret = make();
    expect(secretKey({ configured: null, folder: join(folder, 'data') }).equals(secret)).toBe(false);
  });

  it('is the configured one where there is one, and nothing is written', () => {
    expect(make('x'.repeat(40)).toString()).toBe('x'.repeat(40));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is never replaced when it is damaged', () => {
    writeFileSync(file(), 'short\n');
    expect(() => make()).toThrow('is damaged; put it back from a backup');
    expect(readFileSync(file(), 'utf8')).toBe('short\n');
  });

  it('is one for all who start at the same moment', async () => {
    const program = join(import.meta.dirname, 'secret-child.ts');
    const children = Array.from({ length: 4 }, () => fork(program, [folder], { execArgv: ['--import', 'tsx'] }));
    const ready = children.map((child) => new Promise((resolve) => child.once('message', resolve)));
    await Promise.all(ready);
    const secrets = children.map((child) => new Promise((resolve) => child.once('message', resolve)));
    for (const child of children) child.send('go');
    expect(new Set(await Promise.all(secrets)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['secret.key']);
  });
});
