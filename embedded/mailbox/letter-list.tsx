import { count, Moment } from './layout.tsx';
import type { StoredMessage } from './store.ts';

/** One page of a list, newest first; `total` counts all that match the search. */
export type Sheet = { letters: StoredMessage[]; total: number; number: number; pages: number; search: string };

export function ListHeading({ title, path, sheet }: { title: string; path: string; sheet: Sheet }) {
  return (
    <div class="heading">
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p>
        {count(sheet.total, 'letter')}, newest first, times of Geneva. <a href={path}>Refresh</a>
      </p>
    </div>
  );
}

export function Search({ path, sheet }: { path: string; sheet: Sheet }) {
  return <SearchBox path={path} label="Search by subject, name or address" search={sheet.search} />;
}

export function SearchBox({ path, label, search }: { path: string; label: string; search: string }) {
  return (
    <form class="search" action={path} method="get" role="search">
      <label for="q">{label}</label>
      <div class="search__row">
        <input id="q" name="q" type="search" value={search} autocomplete="off" />
        <button class="button" type="submit">
          Search
        </button>
      </div>
    </form>
  );
}

export function Letters({ sheet, path, empty }: { sheet: Sheet; path: string; empty: string }) {
  if (sheet.total === 0) return <p class="empty">{sheet.search ? 'No letter matches this search.' : empty}</p>;
  return (
    <>
      <ol class="letters">
        {sheet.letters.map((letter) => (
          <Letter key={letter.uid} letter={letter} />
        ))}
      </ol>
      <Turn sheet={sheet} path={path} />
    </>
  );
}

function Letter({ letter }: { letter: StoredMessage }) {
  const [first, ...others] = letter.envelopeTo;
  return (
    <li class="letters__one">
      <a class="letters__subject" href={`/message/${letter.uid}`}>
        <bdi>{letter.subject || '(no subject)'}</bdi>
      </a>
      <span class="letters__people">
        <bdi>{letter.from.name || letter.from.address || '(nobody)'}</bdi> to <bdi>{first}</bdi>
        {others.length > 0 && ` and ${count(others.length, 'other')}`}
      </span>
      <span class="letters__when">
        <Moment at={letter.receivedAt} />
        {letter.attachmentCount > 0 && <span class="quiet">{count(letter.attachmentCount, 'attachment')}</span>}
      </span>
    </li>
  );
}

function Turn({ sheet, path }: { sheet: Sheet; path: string }) {
  if (sheet.pages < 2) return null;
  const to = (number: number) => `${path}?${new URLSearchParams({ q: sheet.search, page: String(number) })}`;
  return (
    <nav class="turn" aria-label="Pages">
      {sheet.number > 1 && <a href={to(sheet.number - 1)}>Newer letters</a>}
      <span>
        Page {sheet.number} of {sheet.pages}
      </span>
      {sheet.number < sheet.pages && <a href={to(sheet.number + 1)}>Older letters</a>}
    </nav>
  );
}
