import { basename } from 'node:path';
import { CHOICES } from '../../domain/approval.ts';
import { OUTCOME_WORDS } from '../../domain/approval-words.ts';
import { STEP_OF } from '../../domain/plan.ts';
import { TASKS } from '../../domain/task.ts';
import { STANDING_WORDS } from '../../web/presenters/standing.ts';
import { MARKS } from '../../web/presenters/words.ts';
import { en } from '../../web/words/en.ts';
import { REGISTRY } from '../../workflows/registry.ts';
import { filesUnder, sorted, tableUnder, textOf, wordsOfType } from './source.ts';

const GLOSSARY = textOf('docs/glossary.md');
const CODE =
  'activities adapters bench cli config domain embedded simulator templates test treaties verify web worker workflows'.split(
    ' ',
  );

const rowsUnder = (heading: string) => tableUnder({ heading: `${heading} ✓`, text: GLOSSARY });
const wordsUnder = (heading: string) => rowsUnder(heading).map(([word]) => word!);
const pairsUnder = (heading: string) => rowsUnder(heading).map(([code, word]) => [code, word]);

describe('the glossary', () => {
  it.each([
    ['Roles', wordsOfType({ file: 'domain/permissions.ts', type: 'Role' })],
    ['Outcomes of cases', REGISTRY.flatMap(({ outcomes }) => outcomes)],
    ['What a case waits for', wordsOfType({ file: 'domain/case.ts', type: 'WaitingFor' })],
    ['Purposes of letters', [...Object.keys(STEP_OF), ...lettersAboutApprovals()]],
    ['Classes of letters', wordsOfType({ file: 'domain/letter.ts', type: 'LetterClass' })],
    ['States of a letter', wordsOfType({ file: 'domain/letter.ts', type: 'LetterState' })],
    ['States of an approval', wordsOfType({ file: 'domain/approval.ts', type: 'ApprovalState' })],
    ['How sure we are', wordsOfType({ file: 'domain/treaty.ts', type: 'Certainty' })],
  ])('holds under "%s" exactly the words of the code', (heading, words) => {
    expect(sorted(wordsUnder(heading))).toEqual(sorted(words));
  });

  it('names case types and their steps as the registry does', () => {
    expect(pairsUnder('Case types')).toEqual(REGISTRY.map(({ name, title }) => [name, title]));
    const steps = REGISTRY.flatMap((caseType) => caseType.steps);
    expect(pairsUnder('Steps of the board')).toEqual(steps.map(({ name, title }) => [name, title]));
  });

  it('names tasks, choices and ended approvals as their pages and letters do', () => {
    expect(pairsUnder('Tasks')).toEqual(Object.entries(TASKS).map(([kind, { title }]) => [kind, title]));
    expect(pairsUnder('Choices')).toEqual(CHOICES.map((choice) => [choice, en.review.choices[choice]]));
    const ended = pairsUnder('States of an approval').filter(([state]) => state !== 'open');
    expect(Object.fromEntries(ended)).toEqual(OUTCOME_WORDS.en);
  });

  it('says how a step stands as the board does', () => {
    expect(Object.fromEntries(pairsUnder('How a step stands'))).toEqual(STANDING_WORDS);
  });

  it('shows the marks of certainty as the pages do', () => {
    const shown = Object.entries(MARKS).map(([code, mark]) => [code, mark?.mark ?? 'none']);
    expect(pairsUnder('How sure we are')).toEqual(shown);
  });

  it('says of each outcome which case type has it', () => {
    const said = rowsUnder('Outcomes of cases').map(([outcome, of]) => [of, outcome]);
    expect(said).toEqual(
      REGISTRY.flatMap(({ title, outcomes }) => outcomes.map((each) => [title.toLowerCase(), each])),
    );
  });
});

describe('a banned word', () => {
  const banned = new Set(bannedWords());

  it('is one of eleven', () => {
    expect(banned.size).toBe(11);
  });

  it('names no file and no folder', () => {
    expect(filesUnder(...CODE).filter((path) => wordsIn(path).some((word) => banned.has(word)))).toEqual([]);
  });

  it('names no function, type or class', () => {
    const sources = filesUnder(...CODE).filter((path) => /\.(tsx?|mjs)$/.test(path));
    const declared = sources.flatMap((path) =>
      [...textOf(path).matchAll(/^(?:export )?(?:async )?(?:function\*?|type|class) (\w+)/gm)].map(([, name]) => name!),
    );
    expect(declared.length).toBeGreaterThan(500);
    expect(declared.filter((name) => wordsIn(name).some((word) => banned.has(word)))).toEqual([]);
  });
});

/** `LetterState`, `web/session.ts` → their words in small letters. */
function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

function bannedWords(): string[] {
  const [, list] = /Never as the name of a file, folder, type or function: ([^.]+)\./.exec(GLOSSARY) ?? [];
  return list!.split(/,\s+/);
}

/** Letters to our own people have no list in the code but their templates. */
function lettersAboutApprovals(): string[] {
  const folders = filesUnder('templates/annual-cycle').map((path) => basename(path.replace(/\/[^/]+$/, '')));
  return [...new Set(folders)];
}
