import { BrokenLetter } from '../domain/letter-text.ts';
import { LANGUAGES, type Language } from '../domain/treaty.ts';
import { openTemplate, type Template } from './letters/template.ts';
import type { Letters } from './letters.ts';
import type { Records, Transaction } from './records.ts';

type From = { records: Records; letters: Letters };

/** A letter in one language, as it read at some time. */
export type TextVersion = { template: string; language: Language; version: string };

/**
 * The letters as they are in force: those of the files and, in their place, what the Coordinators approved last. Asked
 * anew for each piece of work, one short query, so that every process agrees and none is started again.
 */
export async function lettersInForce({ records, letters }: From): Promise<Letters> {
  const approved = await records.$queryRaw<{ template: string; versions: Record<Language, string> }[]>`
    SELECT DISTINCT ON (summary->>'template') summary->>'template' AS template, summary->'versions' AS versions
    FROM "Approval" WHERE subject = 'letterText' AND state = 'approved'
    ORDER BY summary->>'template', "closedAt" DESC`;
  const texts = approved.flatMap(({ template, versions }) =>
    LANGUAGES.map((language): TextVersion => ({ template, language, version: versions[language] })),
  );
  return await lettersWith({ records, letters, texts });
}

/**
 * The letters as these were approved: whatever the files, the product or later approvals say by now. A version that is
 * not kept (of a plan from before texts were) reads as the files do, and its hash shows whether that is the same.
 */
export async function lettersWith({ records, letters, texts }: From & { texts: TextVersion[] }): Promise<Letters> {
  const others = texts.filter((text) => letters.text(text)?.version !== text.version);
  if (others.length === 0) return letters;
  return letters.with(await openTexts({ records, versions: others.map(({ version }) => version) }));
}

/** By what it says: the same in every process and for ever. */
const opened = new Map<string, Template>();

/** The texts of these versions, as far as they are kept. */
export async function openTexts({ records, versions }: { records: Records; versions: string[] }): Promise<Template[]> {
  const missing = versions.filter((version) => !opened.has(version));
  const kept = missing.length > 0 ? await records.letterText.findMany({ where: { version: { in: missing } } }) : [];
  for (const { version, content } of kept) {
    const text = openTemplate(content);
    if (text.version !== version)
      throw new BrokenLetter({ template: text.template, language: text.language, why: 'is not what its version says' });
    opened.set(version, text);
  }
  return versions.flatMap((version) => opened.get(version) ?? []);
}

/** Keeps these texts, so that what is approved or proposed of them can always be rendered. Known ones stay. */
export async function keepTexts({
  records,
  texts,
  now,
}: {
  records: Records | Transaction;
  texts: readonly Template[];
  now: Date;
}): Promise<void> {
  const rows = texts.map(({ version, content }) => ({ version, content, createdAt: now }));
  await records.letterText.createMany({ data: rows, skipDuplicates: true });
}
