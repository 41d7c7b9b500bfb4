import type { ComponentChildren } from 'preact';
import type { Frame } from '../../../adapters/overview/frame.ts';
import type { WebDeps } from '../../deps.ts';
import type { DateWords } from '../../presenters/words.ts';
import type { Viewer } from '../../session.ts';
import { Layout, type Section } from '../layout.tsx';
import { SimulationBar } from './simulation-bar.tsx';

/** What every console page is given: who reads it, when, and what waits for the ISU. */
export type Console = {
  viewer: Viewer;
  now: Date;
  words: DateWords;
  counts: Frame;
  simulation: ReturnType<NonNullable<WebDeps['simulation']>['state']> | null;
  mailboxUrl: string | null;
  /** The address of this page: where the simulation's buttons lead back to. */
  address: string;
};

export function ConsolePage(props: {
  on: Console;
  title: string;
  active?: Section;
  /** For the board: as wide as the window. Other pages keep a width that can be read. */
  wide?: boolean;
  children: ComponentChildren;
}) {
  const { on, title, active, wide, children } = props;
  const { openTasks, tray } = on.counts;
  return (
    <Layout
      title={title}
      language="en"
      viewer={on.viewer}
      active={active}
      wide
      counts={{ tasks: openTasks, tray }}
      scripts={['htmx.min.js', 'console.js']}
      banner={on.simulation && <SimulationBar on={on} simulation={on.simulation} />}
    >
      {wide ? children : <div class="fp-page">{children}</div>}
    </Layout>
  );
}

/** The way back up, above the heading. */
export function Breadcrumbs({ steps }: { steps: { href: string; text: string }[] }) {
  return (
    <nav class="govuk-breadcrumbs" aria-label="Where this page is">
      <ol class="govuk-breadcrumbs__list">
        {steps.map(({ href, text }) => (
          <li class="govuk-breadcrumbs__list-item" key={href}>
            <a class="govuk-breadcrumbs__link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Where the list on this page can be had for Excel. */
export function Exports({ href }: { href: (format: string) => string }) {
  return (
    <p class="fp-exports fp-no-print">
      Take this list along:{' '}
      <a class="govuk-link" href={href('xlsx')} download>
        Excel
      </a>
      <a class="govuk-link" href={href('csv')} download>
        CSV
      </a>
    </p>
  );
}
