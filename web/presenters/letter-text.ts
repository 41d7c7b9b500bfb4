/** Columns at which a letter's plain text is broken (adapters/letters.ts). */
const WIDTH = 76;

/**
 * The text of a letter as paragraphs that fit any screen: a line that was only broken because the next word did not fit
 * is joined with what follows. Nothing but white space differs from the letter.
 */
export function flowing(text: string): string {
  const lines = text.split('\n');
  return lines.slice(1).reduce((joined, line, index) => {
    const before = lines[index]!;
    const [word] = line.trimStart().split(' ', 1);
    const wasBroken =
      before !== '' && word !== '' && !/^ *(- |\d+\. )/.test(line) && before.length + 1 + word!.length > WIDTH;
    return wasBroken ? `${joined} ${line.trimStart()}` : `${joined}\n${line}`;
  }, lines[0] ?? '');
}
