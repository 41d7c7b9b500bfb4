import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page as HTML. Everything a letter says comes in escaped, and in `bdi` where its direction is not known. */
export function page({ title, children }: { title: string; children: ComponentChildren }): string {
  const body = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{`${title} – Mailbox`}</title>
        <link rel="stylesheet" href="/mailbox.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to main content
        </a>
        <Top />
        <main id="main" class="width" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(body)}`;
}

function Top() {
  return (
    <header>
      <div class="top">
        <div class="width top__row">
          <a class="top__name" href="/">
            Mailbox
          </a>
          <nav aria-label="Mailbox">
            <a href="/">All letters</a>
            <a href="/mailboxes">Mailboxes</a>
            <a href="/write">Write a letter</a>
          </nav>
        </div>
      </div>
      <div class="phase">
        <p class="width">
          <strong class="tag">On this computer only</strong> Every letter arrives here, whoever it is addressed to. None
          has left this computer.
        </p>
      </div>
    </header>
  );
}

/** A page that only says one thing. */
export function notePage({ title, sentence }: { title: string; sentence: string }): string {
  return page({
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p>{sentence}</p>
        <p>
          <a href="/">All letters</a>
        </p>
      </>
    ),
  });
}

export function Delivered({ children }: { children: ComponentChildren }) {
  return (
    <div class="delivered" role="status">
      {children}
    </div>
  );
}

const GENEVA: Intl.DateTimeFormatOptions = { timeZone: 'Europe/Zurich', hour: '2-digit', minute: '2-digit' };
const LONG = new Intl.DateTimeFormat('en-GB', {
  ...GENEVA,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const SHORT = new Intl.DateTimeFormat('en-GB', { ...GENEVA, day: 'numeric', month: 'short', year: 'numeric' });

/** An instant in Geneva's time; the long form says so, lists say it in their heading. */
export function Moment({ at, long = false }: { at: Date; long?: boolean }) {
  const text = long ? `${LONG.format(at).replace(',', '')} (Geneva)` : SHORT.format(at);
  return <time dateTime={at.toISOString()}>{text}</time>;
}

export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? word : plural}`;
}

/** 1 kB is 1,000 bytes. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte');
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export const mailboxPath = (address: string) => `/mailbox/${encodeURIComponent(address.toWellFormed())}`;
