/** A letter as it reads, in its own language. */
export function LetterText({ letter }: { letter: { language: string; subject: string; text: string } }) {
  const { language, subject, text } = letter;
  return (
    <>
      <p lang={language} dir="auto">
        <strong>{subject}</strong>
      </p>
      <pre class="fp-letter" lang={language} dir="auto">
        {text}
      </pre>
    </>
  );
}
