import type { FastifyInstance } from 'fastify';
import { approvedTexts, openChange, recordTextChange } from '../../../adapters/letter-texts.ts';
import type { Letters } from '../../../adapters/letters.ts';
import { lettersInForce, openTexts } from '../../../adapters/letters-in-force.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { Action } from '../../../domain/permissions.ts';
import { Refused } from '../../../domain/refusals.ts';
import { LANGUAGES } from '../../../domain/treaty.ts';
import type { TypedText } from '../../pages/console/letter-editor.tsx';
import { LetterEditorPage } from '../../pages/console/letter-editor.tsx';
import { LetterListPage } from '../../pages/console/letter-list.tsx';
import type { FieldError } from '../../pages/parts.tsx';
import { paths, patterns } from '../../paths.ts';
import { isToStates } from '../../presenters/letter-values.ts';
import { type Answer, page, route, seeOther, type Visit } from '../../route.ts';
import { EDITOR_POLICY } from '../../security.ts';
import { consoleOf, notFound } from './frame.tsx';
import { checkPage, faultsIn, showPreview } from './letter-preview.tsx';

export function letterTextRoutes(app: FastifyInstance): void {
  const may = 'letterText.edit';
  route(app, { method: 'GET', url: patterns.letterTexts, may: 'cycle.read', handler: showList });
  route(app, { method: 'GET', url: patterns.letterText, may, handler: withLetter((editing) => editorPage(editing)) });
  route(app, { method: 'POST', url: patterns.letterText, may, handler: withLetter(propose) });
  route(app, { method: 'POST', url: patterns.letterTextPreview, may, handler: withLetter(showPreview) });
}

export type Editing = { visit: Visit<Action>; letters: Letters; template: string };

function withLetter(answer: (editing: Editing) => Promise<Answer>) {
  return async (visit: Visit<Action>): Promise<Answer> => {
    const { caseType, letter } = visit.request.params as { caseType: string; letter: string };
    const template = `${caseType}/${letter}`;
    const letters = await lettersInForce(visit.deps);
    const isThere = letters.list().some((each) => each.template === template);
    return isThere ? await answer({ visit, letters, template }) : notFound(visit);
  };
}

async function showList(visit: Visit<Action>): Promise<Answer> {
  const { records } = visit.deps;
  const [on, approved] = await Promise.all([consoleOf(visit), approvedTexts({ records })]);
  const rows = (await lettersInForce(visit.deps)).list().map(async (letter) => {
    const { template } = letter;
    return { letter, approved: approved.get(template) ?? [], open: await openChange({ records, template }) };
  });
  return <LetterListPage on={on} rows={await Promise.all(rows)} />;
}

/** What is typed so far, or before that: the text last proposed, or the one in force. */
async function editorPage(editing: Editing, again?: { typed: TypedText; errors: FieldError[] }): Promise<Answer> {
  const { visit, letters, template } = editing;
  const { records, treaty } = visit.deps;
  const [on, approved, open, seen] = await Promise.all([
    consoleOf(visit),
    approvedTexts({ records }),
    openChange({ records, template }),
    records.letterTextChange.count({ where: { template } }),
  ]);
  const typed = again?.typed ?? (await lastText(editing, open));
  const states = isToStates(template) ? treaty.states : [];
  const shown = { on, open, seen, typed, states, errors: again?.errors ?? [], fields: letters.fields(template) };
  const letter = letters.list().find((each) => each.template === template)!;
  void visit.reply.header('content-security-policy', EDITOR_POLICY);
  return <LetterEditorPage {...shown} letter={letter} approved={approved.get(template) ?? []} />;
}

async function lastText(
  { visit, letters, template }: Editing,
  open: Awaited<ReturnType<typeof openChange>>,
): Promise<TypedText> {
  const proposed = await openTexts({
    records: visit.deps.records,
    versions: open ? LANGUAGES.map((language) => open[language]) : [],
  });
  const now = letters.with(proposed);
  const sources = LANGUAGES.map((language) => [language, now.text({ template, language })!.source]);
  return { ...Object.fromEntries(sources), note: open?.note ?? '' };
}

/** First shows what would change; counts when it comes back checked. Whatever is wrong, nothing typed is lost. */
async function propose(editing: Editing): Promise<Answer> {
  const { visit, template } = editing;
  const { deps, form, viewer, reply } = visit;
  const { texts, errors, typed } = faultsIn(editing);
  const again = async (wrong: FieldError[], status: number) =>
    page(reply, (await editorPage(editing, { typed, errors: wrong })) as never, status);
  if (errors.length > 0) return await again(errors, 422);
  if (form['next'] === 'edit') return await again([], 200);
  const seen = Number(form['seen']);
  if (form['next'] !== 'ask') return await checkPage(editing, { typed, texts, seen });
  const now = deps.clock.now();
  const { id: treaty, policy } = deps.treaty;
  const year = Number(dateAt(now.getTime(), policy.treatyTimeZone).slice(0, 4));
  const about = { now, treaty, year, template, note: typed.note, personId: viewer.personId, seen };
  try {
    await recordTextChange({ records: deps.records, ...about, texts });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return await again([{ field: 'note', text: error.message }], error.status);
  }
  return seeOther(reply, paths.letterText(template));
}
