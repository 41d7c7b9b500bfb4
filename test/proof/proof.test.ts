import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { createEvidenceSheets } from '../../adapters/evidence-sheet.ts';
import { createLetters } from '../../adapters/letters.ts';
import { gatherProof, letterBytes, writeProof } from '../../adapters/proof.ts';
import { canonical } from '../../domain/hash.ts';
import type { Proof } from '../../domain/proof.ts';
import { sha256 } from '../../verify/chain.ts';
import { verifyProof } from '../../verify/main.ts';
import { openSecretariat, reportCase, type Secretariat, treatyOf } from '../support/secretariat.ts';

let secretariat: Secretariat;
let whole: Proof;
let bytes: Map<string, Buffer>;
const letters = createLetters({ folder: join(import.meta.dirname, '../../templates') });
const folders: string[] = [];

beforeAll(async () => {
  secretariat = await openSecretariat({ treaty: treatyOf(['LAO', 'SEN']) });
  await secretariat.opensCycle();
  await secretariat.bothApprove();
  await secretariat.passTo('2030-12-03');
  await secretariat.reports('SEN');
  const { records } = secretariat;
  whole = (await gatherProof({ records, letters, about: { kind: 'all', id: null }, now: new Date() }))!;
  bytes = new Map(
    await Promise.all(
      whole.letters.map(async ({ id, file }) => [file, await letterBytes({ records, letterId: id })] as const),
    ),
  );
});
afterAll(() => secretariat.close());
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What the checking program says of this proof, changed by somebody or not. */
async function faultsOf(proof: Proof, change: (folder: string) => void = () => {}): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'focalpoint-proof-'));
  folders.push(folder);
  mkdirSync(join(folder, 'letters'));
  for (const { file } of proof.letters) writeFileSync(join(folder, file), bytes.get(file)!);
  writeFileSync(join(folder, 'proof.json'), writeProof(proof));
  change(folder);
  return (await verifyProof(folder)).faults;
}

const changed = (change: (proof: Proof) => void) => {
  const copy = structuredClone(whole);
  change(copy);
  return copy;
};
const invitationOf = (proof: Proof) =>
  proof.letters.find(({ purpose, caseId }) => purpose === 'invitation' && caseId === reportCase('LAO'))!;
const planOf = (proof: Proof) => proof.approvals[0]!;

/** Makes the chain fit again after a change, as somebody would who holds the database but not the mailed head. */
function forge(proof: Proof, change: (body: string) => string): void {
  let previous = '';
  for (const entry of proof.chain) {
    entry.body = change(entry.body!);
    entry.bodyHash = sha256(entry.body);
    entry.hash = sha256(`${previous}\n${entry.bodyHash}`);
    previous = entry.hash;
  }
}

describe('an exported proof', () => {
  it('holds as it was written', async () => {
    expect(whole.letters.filter(({ class: kind }) => kind === 'official')).toHaveLength(3);
    expect(await faultsOf(whole)).toEqual([]);
  });

  it('of one letter holds, and shows of other cases nothing but hashes', async () => {
    const { records } = secretariat;
    const { id } = invitationOf(whole);
    const proof = (await gatherProof({ records, letters, about: { kind: 'letter', id }, now: new Date() }))!;
    expect(await faultsOf(proof)).toEqual([]);
    expect(writeProof(proof)).not.toMatch(/SEN|sen\.example/);
    expect(proof.chain).toHaveLength(whole.chain.length);
  });

  it('of a letter that is not there is none', async () => {
    const about = { kind: 'letter', id: '00000000-0000-4000-8000-000000000000' } as const;
    expect(await gatherProof({ records: secretariat.records, letters, about, now: new Date() })).toBeNull();
  });

  it.each<[string, (proof: Proof) => void, RegExp]>([
    [
      'an entry of the timeline that says something else',
      (p) => (p.chain[3]!.body = p.chain[3]!.body!.replace(/\n/, 'x\n')),
      /says something else/,
    ],
    ['an entry taken out', (p) => p.chain.splice(3, 1), /changed or removed/],
    ['an entry moved', (p) => p.chain.splice(3, 2, p.chain[4]!, p.chain[3]!), /out of order/],
    ['a recipient that was not approved', (p) => (invitationOf(p).recipient = 'else@x.example'), /another recipient/],
    ['a state that is not told', (p) => (invitationOf(p).state = 'refused'), /does not tell that it is refused/],
    [
      'approved content changed with its hash',
      (p) => {
        const letter = invitationOf(p);
        letter.approved = letter.approved!.replace('2031', '2032');
      },
      /does not fit its hash|reads otherwise/,
    ],
    ['a letter of no approval', (p) => (invitationOf(p).approvalId = null), /is not there/],
    [
      'a content that is not in the approval',
      (p) => {
        const { contentHash } = invitationOf(p);
        planOf(p).itemHashes = planOf(p).itemHashes.filter((hash) => hash !== contentHash);
      },
      /not of this content/,
    ],
    [
      'a second acceptance',
      (p) => {
        const { attempts } = invitationOf(p);
        attempts.push({ ...attempts.at(-1)!, attempt: 2 });
      },
      /more than once/,
    ],
    ['a letter that left within the hold', (p) => (planOf(p).holdMinutes = 1_000_000), /before its approval allowed/],
    ['a decision taken out', (p) => planOf(p).decisions.pop(), /without the decisions it needs/],
    ['a decision by somebody else', (p) => (planOf(p).decisions[0]!.personId = 'somebody'), /not asked/],
    [
      'a decision by who asked',
      (p) => (planOf(p).askedById = planOf(p).decisions[0]!.personId),
      /by the one who asked/,
    ],
    ['a decision on other content', (p) => (planOf(p).decisions[0]!.contentHash = 'f'.repeat(64)), /for other content/],
    [
      'a decision that says something else',
      (p) => (planOf(p).decisions[0]!.comment = 'made up'),
      /does not tell it so/,
    ],
    ['a plan that is about something else', (p) => (planOf(p).summary = {}), /does not fit its hash/],
    [
      'a missing act, the chain made to fit',
      (p) => forge(p, (body) => body.replace('\nwrote\n', '\nread\n')),
      /does not tell that it was written/,
    ],
    [
      'a missing outcome, the chain made to fit',
      (p) => forge(p, (body) => body.replace('\napproved\n', '\nlapsed\n')),
      /how it ended/,
    ],
  ])('betrays %s', async (_what, change, sentence) => {
    const faults = await faultsOf(changed(change));
    expect(faults.join('\n')).toMatch(sentence);
  });

  it('betrays bytes that were changed or taken away', async () => {
    const { file } = invitationOf(whole);
    const bent = (folder: string) =>
      writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace('Geneva', 'Genoa'));
    expect(await faultsOf(whole, bent)).toEqual([expect.stringMatching(/not those that were recorded/)]);
    expect(await faultsOf(whole, (folder) => rmSync(join(folder, file)))).toEqual([
      expect.stringMatching(/are not there/),
    ]);
  });

  it('betrays other bytes with a hash to fit', async () => {
    const proof = structuredClone(whole);
    const letter = invitationOf(proof);
    const other = bytes
      .get(letter.file)!
      .toString('utf8')
      .replace(/30 April/g, '31 March');
    letter.mimeSha256 = sha256(other);
    const faults = await faultsOf(proof, (folder) => writeFileSync(join(folder, letter.file), other));
    expect(faults.join('\n')).toMatch(/reads otherwise than what was approved/);
  });

  it('is one text for the same proof', () => {
    expect(writeProof(whole)).toBe(`${canonical(JSON.parse(writeProof(whole)))}\n`);
  });

  it('that is none, or damaged, is told in a sentence', async () => {
    await expect(verifyProof('/nowhere')).rejects.toThrow(/no proof\.json/);
    await expect(faultsOf(whole, (folder) => writeFileSync(join(folder, 'proof.json'), '{'))).rejects.toThrow(
      /damaged/,
    );
  });
});

describe('an evidence sheet', () => {
  const sheets = createEvidenceSheets();
  const sheetOf = async (kind: 'letter' | 'approval', id: string) => {
    const { records, treaty } = secretariat;
    const proof = (await gatherProof({
      records,
      letters,
      about: { kind, id },
      now: new Date('2030-12-04T09:00:00Z'),
    }))!;
    const pdf = await sheets.print({ proof, treaty });
    if (process.env['KEEP_SHEETS']) writeFileSync(join(process.env['KEEP_SHEETS'], `${kind}.pdf`), pdf);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    return {
      pdf: pdf.toString('latin1'),
      text: text.replace(/\u200b|\s+/g, ' '),
      solid: text.replace(/\u200b|\s/g, ''),
      proof,
    };
  };

  it('of a letter says what was sent, who approved it, and how it ended', async () => {
    const { id, contentHash, mimeSha256 } = invitationOf(whole);
    const { text, solid, pdf } = await sheetOf('letter', id);
    expect(text).toContain('Evidence sheet: invitation 1');
    expect(text).toContain('mission@lao.example');
    for (const name of ['Ana Vella', 'Moussa Diarra']) expect(text).toContain(name);
    expect(text).toContain('taken by the mail server');
    for (const hash of [contentHash, mimeSha256, whole.chain.at(-1)!.hash]) expect(solid).toContain(hash);
    expect(text).not.toMatch(/sen\.example/);
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toMatch(/\/Lang \(en\)/);
  });

  it('of an approval says what it was about, who decided by which door, and which letters came of it', async () => {
    const { text, proof } = await sheetOf('approval', planOf(whole).id);
    expect(text).toContain('Plan of letters for the 2031 cycle, version 1');
    expect(text).toMatch(/Ana Vella approved .* link this content/);
    expect(text).toContain('report-intake/2031/LAO, invitation 1');
    expect(proof.letters.every(({ approvalId }) => approvalId === planOf(whole).id)).toBe(true);
  });

  it('says what it cannot know: a letter that has not been offered yet', async () => {
    const proof = structuredClone(whole);
    proof.about = { kind: 'letter', id: invitationOf(whole).id };
    proof.letters = [
      { ...invitationOf(proof), attempts: [], state: 'queued', endedAt: null, subject: '#panic("x") *bold*' },
    ];
    const pdf = await sheets.print({ proof, treaty: secretariat.treaty });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    expect(text).toContain('It has not been offered to the mail server yet.');
    expect(text).toContain('#panic("x") *bold*');
  });
});
