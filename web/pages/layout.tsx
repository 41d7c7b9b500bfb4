import type { ComponentChildren } from 'preact';
import { type Action, can } from '../../domain/permissions.ts';
import { type Language, LANGUAGES } from '../../domain/treaty.ts';
import { patterns, paths } from '../paths.ts';
import type { Viewer } from '../session.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import { Form } from './forms.tsx';

export type Section = 'board' | 'calendar' | 'tasks' | 'tray' | 'cycles' | 'register';

const SECTIONS: { section: Section; title: string; href: string; may: Action }[] = [
  { section: 'board', title: 'Board', href: paths.board(), may: 'board.read' },
  { section: 'calendar', title: 'Calendar', href: paths.calendar(), may: 'calendar.read' },
  { section: 'tasks', title: 'Tasks', href: paths.tasks(), may: 'task.read' },
  { section: 'tray', title: 'Tray', href: paths.tray(), may: 'task.read' },
  { section: 'cycles', title: 'Cycle', href: paths.cycles(), may: 'cycle.read' },
  { section: 'register', title: 'Register', href: paths.register(), may: 'case.read' },
];

export type LayoutProps = {
  /** Of the browser's tab; the page's own heading is in `children`. */
  title: string;
  language: Language;
  dir?: 'ltr' | 'rtl';
  viewer?: Viewer | null;
  active?: Section;
  /** Numbers beside the entries of the menu: open tasks, for example. */
  counts?: Partial<Record<Section, number>>;
  /** Above everything, over the whole width: a simulation's clock, for example. */
  banner?: ComponentChildren;
  /** Names of our own scripts (`htmx.min.js`); console pages only, link pages have none. */
  scripts?: readonly string[];
  /** Where the same page is to be had in the other languages; shown when given. */
  languages?: (language: Language) => string;
  /** For pages that are one wide table. */
  wide?: boolean;
  children: ComponentChildren;
};

/** The frame of every page: skip link, header, navigation of a signed-in reader, footer. */
export function Layout(props: LayoutProps) {
  const { title, language, dir = 'ltr', viewer = null, scripts = [] } = props;
  const site = useSite();
  const words = WORDS[language].site;
  return (
    <html lang={language} dir={dir} class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – Focalpoint`}</title>
        <link rel="icon" href={site.asset('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={site.asset('focalpoint.css')} />
        {scripts.length > 0 && <meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false}' />}
        {scripts.map((script) => (
          <script key={script} src={site.asset(script)} defer />
        ))}
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link">
          {words.skip}
        </a>
        <Header {...props} viewer={viewer} />
        {props.banner}
        <div class={width(props.wide)}>
          {props.languages && <LanguageChoice language={language} href={props.languages} />}
          <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
            {props.children}
          </main>
        </div>
        <Footer language={language} wide={props.wide} />
      </body>
    </html>
  );
}

function width(wide?: boolean): string {
  return wide ? 'fp-width-wide' : 'govuk-width-container';
}

type HeaderProps = Pick<LayoutProps, 'language' | 'active' | 'counts' | 'wide'> & { viewer: Viewer | null };

function Header({ language, viewer, active, counts = {}, wide }: HeaderProps) {
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

function LanguageChoice({ language, href }: { language: Language; href: (language: Language) => string }) {
  return (
    <nav class="fp-languages" aria-label={WORDS[language].site.languages}>
      {LANGUAGES.map((each) =>
        each === language ? (
          <span key={each} lang={each} aria-current="true">
            {WORDS[each].site.ownName}
          </span>
        ) : (
          <a key={each} class="govuk-link" href={href(each)} lang={each} hreflang={each}>
            {WORDS[each].site.ownName}
          </a>
        ),
      )}
    </nav>
  );
}

function Footer({ language, wide }: { language: Language; wide?: boolean }) {
  const { office } = useSite();
  return (
    <footer class="fp-footer">
      <div class={width(wide)}>{office.name[language]}</div>
    </footer>
  );
}
