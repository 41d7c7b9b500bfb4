import type { OpenLetter } from './letter.ts';
import type { StoredMessage } from './store.ts';

export type View = 'html' | 'text';

/** The letter itself: as designed in a frame that runs and loads nothing, as plain text, or its source. */
export function LetterBody({ message, letter, view }: { message: StoredMessage; letter: OpenLetter; view: View }) {
  const path = `/message/${message.uid}`;
  return (
    <section aria-label="The letter">
      <nav class="views" aria-label="Ways to read the letter">
        {letter.html && <ViewLink name="As designed" href={path} current={view === 'html'} />}
        <ViewLink name="Plain text" href={`${path}?view=text`} current={view === 'text'} />
        <ViewLink name="Source" href={`${path}/raw`} current={false} />
      </nav>
      {view === 'html' ? (
        <iframe
          class="paper"
          title="The letter as designed"
          src={`${path}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      ) : (
        <pre class="paper paper--text" dir="auto">
          {linked(letter.text || '(no text)')}
        </pre>
      )}
    </section>
  );
}

function ViewLink({ name, href, current }: { name: string; href: string; current: boolean }) {
  return (
    <a href={href} aria-current={current ? 'page' : undefined}>
      {name}
    </a>
  );
}

/** Web addresses in plain text become links, as in every mail program. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>"().,;:!?])/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    ),
  );
}
