import { renderToString } from 'preact-render-to-string';
import type { AskedWording } from '../../../adapters/asked-wording.ts';
import type { Proposal } from '../../../adapters/letters/proposal.ts';
import { register } from '../../../adapters/overview/register.ts';
import { wordChanges } from '../../../domain/letter-change.ts';
import { BrokenLetter } from '../../../domain/letter-text.ts';
import { LANGUAGES } from '../../../domain/treaty.ts';
import { CheckLetterPage } from '../../pages/console/check-letter.tsx';
import type { TypedText } from '../../pages/console/letter-editor.tsx';
import { LetterPreview, NoPreview } from '../../pages/console/letter-preview.tsx';
import type { FieldError } from '../../pages/parts.tsx';
import { previewValues } from '../../presenters/letter-values.ts';
import { languageName } from '../../presenters/words.ts';
import type { Answer } from '../../route.ts';
import { PREVIEW_POLICY } from '../../security.ts';
import { datesOf, nextYear } from './board.tsx';
import { consoleOf } from './frame.tsx';
import type { Editing } from './letter-texts.tsx';

const LONGEST_SOURCE = 12_000;
const LONGEST_NOTE = 1_000;

type Found = { typed: TypedText; texts: Proposal['texts']; errors: FieldError[] };

/** Everything wrong with what was typed, by language and line. */
export function faultsIn({ visit, letters, template }: Editing): Found {
  const { en = '', fr = '', es = '', note = '' } = visit.form;
  const typed = { en, fr, es, note: note.trim().slice(0, LONGEST_NOTE) };
  const long = LANGUAGES.filter((language) => typed[language].length > LONGEST_SOURCE);
  if (long.length > 0)
    return { typed, texts: [], errors: long.map((field) => ({ field, text: `${languageName(field)} is too long.` })) };
  const { texts, faults } = letters.propose({ template, sources: typed });
  const errors: FieldError[] = faults.map(({ language, line, why }) => {
    const where = line ? `, line ${line} (${quoted(typed[language], line)})` : '';
    return { field: language, text: `${languageName(language)}${where}: ${why}` };
  });
  const isSame = texts.every((text) => letters.text(text)?.version === text.version);
  if (errors.length === 0 && isSame) errors.push({ field: 'en', text: 'The text is as it was: change it first.' });
  if (!typed.note) errors.push({ field: 'note', text: 'Say why: the Coordinators are asked about it.' });
  return { typed, texts, errors };
}

function quoted(source: string, line: number): string {
  const text = source.split('\n')[line - 1] ?? '';
  return `“${text.slice(0, 40)}${text.length > 40 ? '…' : ''}”`;
}

type Checking = { typed: TypedText; texts: Proposal['texts']; seen: number };

/** What would change against the text in force. */
export async function checkPage(editing: Editing, { typed, texts, seen }: Checking): Promise<Answer> {
  const { visit, letters, template } = editing;
  const proposed = letters.with(texts);
  const [on, { people }] = await Promise.all([consoleOf(visit), register(visit.deps)]);
  const asked = people.filter(({ role, id }) => role === 'coordinator' && id !== on.viewer.personId);
  const wordings = texts.map((text): AskedWording => {
    const { language, source } = text;
    const sample = proposed.render({ template, language, values: letters.sample(template, language) });
    return { language, pieces: wordChanges(letters.text(text)!.source, source), sample };
  });
  const letter = letters.list().find((each) => each.template === template)!;
  return <CheckLetterPage {...{ on, letter, typed, seen, wordings }} coordinators={asked.length} />;
}

/** The text as it is typed, in one language, filled with made-up values or those of one State Party. */
export async function showPreview(editing: Editing): Promise<Answer> {
  const { form, reply } = editing.visit;
  const language = LANGUAGES.find((each) => each === form['language']) ?? 'en';
  const { texts, errors } = faultsIn(editing);
  const faults = errors.filter(({ field }) => field === language).map(({ text }) => text);
  const text = texts.find((each) => each.language === language);
  const shown = text ? await filled(editing, text) : <NoPreview faults={faults} />;
  const html = `<!doctype html>${renderToString(shown)}`;
  void reply.header('content-security-policy', PREVIEW_POLICY).header('x-frame-options', 'SAMEORIGIN');
  return reply.type('text/html; charset=utf-8').send(html);
}

async function filled(editing: Editing, text: Proposal['texts'][number]) {
  const { letters, template } = editing;
  const { language } = text;
  const values = previewValues({ letters, template, language, ...(await yearOf(editing)) });
  try {
    return <LetterPreview letter={letters.with([text]).render({ template, language, values })} />;
  } catch (fault) {
    if (!(fault instanceof BrokenLetter)) throw fault;
    return <NoPreview faults={[fault.message]} />;
  }
}

async function yearOf({ visit: { deps, form } }: Editing) {
  const { treaty, mailFrom: replyTo, records } = deps;
  const [{ people }, dates] = await Promise.all([register({ records }), datesOf({ deps, year: nextYear(deps) })]);
  const iso3 = treaty.states.find((state) => state.iso3 === form['state'])?.iso3 ?? null;
  const coordinators = people.flatMap(({ role, actsFor }) => (role === 'coordinator' && actsFor ? [actsFor] : []));
  return { treaty, replyTo, dates, iso3, coordinators };
}
