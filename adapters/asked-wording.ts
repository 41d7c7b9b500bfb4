import type { RenderedLetter } from '../domain/letter.ts';
import { type Piece, type TextSummary, wordChanges } from '../domain/letter-change.ts';
import { LANGUAGES, type Language } from '../domain/treaty.ts';
import type { Letters } from './letters.ts';
import { openTexts } from './letters-in-force.ts';
import type { Records } from './records.ts';

/** What is asked of a letter's text in one language: what changes, and how the letter reads with made-up values. */
export type AskedWording = { language: Language; pieces: Piece[]; sample: RenderedLetter };

export async function askedWording({
  records,
  letters,
  summary,
}: {
  records: Records;
  letters: Letters;
  summary: Pick<TextSummary, 'template' | 'versions' | 'before'>;
}): Promise<AskedWording[]> {
  const { template, versions, before } = summary;
  const found = await openTexts({ records, versions: [...Object.values(versions), ...Object.values(before)] });
  const textOf = (version: string) => found.find((text) => text.version === version)!;
  return LANGUAGES.map((language) => {
    const asked = textOf(versions[language]);
    const values = letters.sample(template, language);
    const sample = letters.with([asked]).render({ template, language, values });
    return { language, pieces: wordChanges(textOf(before[language]).source, asked.source), sample };
  });
}
