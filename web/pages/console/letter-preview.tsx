import type { RenderedLetter } from '../../../domain/letter.ts';
import { flowing } from '../../presenters/letter-text.ts';
import { languageName } from '../../presenters/words.ts';

const LOOK = `
body { margin: 0; font: 15px/22px Arial, Helvetica, sans-serif; color: #1c2124; background: #fff }
h1 { font-size: 16px; line-height: 24px; margin: 12px 16px } h2 { font-size: 14px; margin: 8px 16px; color: #505a5f }
.beside { display: grid; grid-template-columns: minmax(0, 660px) minmax(0, 1fr); gap: 0 16px }
iframe { width: 100%; height: 720px; border: 1px solid #c8ced2; border-width: 1px 1px 1px 0 }
pre { margin: 0; padding: 12px 16px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/21px Consolas, Menlo, monospace }
@media (max-width: 900px) { .beside { display: block } }`;

/** What fills the frame: the letter as a mail program shows it, and its plain text beside it. */
export function LetterPreview({ letter }: { letter: RenderedLetter }) {
  const { language, subject, html, text } = letter;
  return (
    <PreviewDocument title={subject}>
      <h1 lang={language} dir="auto">
        {subject}
      </h1>
      <div class="beside">
        <section>
          <h2>As a mail program shows it</h2>
          <iframe title={`The letter in ${languageName(language)}`} sandbox="" srcDoc={html} />
        </section>
        <section>
          <h2>Plain text</h2>
          <pre lang={language} dir="auto">
            {flowing(text)}
          </pre>
        </section>
      </div>
    </PreviewDocument>
  );
}

/** A text that cannot be shown yet, and why. */
export function NoPreview({ faults }: { faults: readonly string[] }) {
  return (
    <PreviewDocument title="No preview">
      <h1>This cannot be shown yet</h1>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </PreviewDocument>
  );
}

function PreviewDocument({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {/* The page has no origin of its own, so no style sheet of ours reaches it. Nothing here was typed by anybody. */}
        <style dangerouslySetInnerHTML={{ __html: LOOK }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
