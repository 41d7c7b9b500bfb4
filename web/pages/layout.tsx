import type { ComponentChildren } from 'preact';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import type { Viewer } from '../session.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import { Header, type HeaderProps, width } from './header.tsx';

export type { Section } from './header.tsx';

export type LayoutProps = Omit<HeaderProps, 'viewer'> & {
  /** Of the browser's tab; the page's own heading is in `children`. */
  title: string;
  dir?: 'ltr' | 'rtl';
  viewer?: Viewer | null;
  /** Above everything, over the whole width: a simulation's clock, for example. */
  banner?: ComponentChildren;
  /** Names of our own scripts (`htmx.min.js`); console pages only, link pages have none. */
  scripts?: readonly string[];
  /** Where the same page is to be had in the other languages; shown when given. */
  languages?: (language: Language) => string;
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
