import { type Action, can } from '../../domain/permissions.ts';
import type { Language } from '../../domain/treaty.ts';
import { paths, patterns } from '../paths.ts';
import type { Viewer } from '../session.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import { Form } from './forms.tsx';

export type Section = 'board' | 'calendar' | 'tasks' | 'tray' | 'cycles' | 'letters' | 'register';

const SECTIONS: { section: Section; title: string; href: string; may: Action }[] = [
  { section: 'board', title: 'Board', href: paths.board(), may: 'board.read' },
  { section: 'calendar', title: 'Calendar', href: paths.calendar(), may: 'calendar.read' },
  { section: 'tasks', title: 'Tasks', href: paths.tasks(), may: 'task.read' },
  { section: 'tray', title: 'Tray', href: paths.tray(), may: 'task.read' },
  { section: 'cycles', title: 'Cycle', href: paths.cycles(), may: 'cycle.read' },
  { section: 'letters', title: 'Letters', href: paths.letterTexts(), may: 'cycle.read' },
  { section: 'register', title: 'Register', href: paths.register(), may: 'case.read' },
];

export type HeaderProps = {
  language: Language;
  viewer: Viewer | null;
  active?: Section;
  /** Numbers beside the entries of the menu: open tasks, for example. */
  counts?: Partial<Record<Section, number>>;
  /** For pages that are one wide table. */
  wide?: boolean;
};

/** The width of what stands on a page. */
export function width(wide?: boolean): string {
  return wide ? 'fp-width-wide' : 'govuk-width-container';
}

/** Whose site it is; for who is signed in, the menu of what they may see. */
export function Header({ language, viewer, active, counts = {}, wide }: HeaderProps) {
  const { office } = useSite();
  return (
    <header class="fp-header">
      <div class={`${width(wide)} fp-header__row`}>
        <span class="fp-header__name">{viewer ? <a href={patterns.board}>Focalpoint</a> : 'Focalpoint'}</span>
        <span class="fp-header__convention">{office.convention[language]}</span>
        {viewer && <SignedIn viewer={viewer} language={language} />}
      </div>
      {viewer && (
        <nav class="fp-nav" aria-label={WORDS[language].site.menu}>
          <ul class={`${width(wide)} fp-nav__list`}>
            {SECTIONS.filter(({ may }) => can(viewer, may)).map(({ section, title, href }) => (
              <li key={section}>
                <a href={href} class="fp-nav__link" aria-current={section === active ? 'page' : undefined}>
                  {title}
                  {counts[section] ? <span class="fp-nav__count">{counts[section]}</span> : null}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function SignedIn({ viewer, language }: { viewer: Viewer; language: Language }) {
  return (
    <Form action={paths.signOut()} proof={viewer.proof} class="fp-header__person">
      <bdi>{viewer.name}</bdi>
      <button type="submit" class="fp-header__button">
        {WORDS[language].site.signOut}
      </button>
    </Form>
  );
}
