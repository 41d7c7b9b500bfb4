import { readFileSync } from 'node:fs';

/**
 * The value of one JSON file. What JSON itself lets pass, a field written twice, is a problem here: the later one
 * would silently win. Each problem is a clause that follows the name of the file.
 */
export function readJson(path: string): { value: unknown; problems: string[] } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { value: undefined, problems: [missing ? 'is missing' : `cannot be read: ${(error as Error).message}`] };
  }
  const complaint = complaintAbout(text);
  if (complaint !== null) {
    const place = placeOf(text, offsetOf(text, complaint));
    return { value: undefined, problems: [`is not valid JSON at ${place}: ${reasonIn(complaint)}`] };
  }
  return { value: JSON.parse(text), problems: twiceIn(text) };
}

function complaintAbout(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** V8 leaves the position out when a token is unexpected; the longest beginning that has no such token ends there. */
function offsetOf(text: string, complaint: string): number {
  const position = /position (\d+)/.exec(complaint)?.[1];
  if (position) return Number(position);
  if (!complaint.startsWith('Unexpected token')) return text.length;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (complaintAbout(text.slice(0, middle))?.startsWith('Unexpected token')) bad = middle;
    else good = middle;
  }
  return good;
}

/** "Unexpected token ',', ..."2,, 0 ]" is not valid JSON" → "Unexpected token ','": the place is said before it. */
function reasonIn(complaint: string): string {
  return complaint.replace(/(?: in JSON| of JSON input|, (?:\.{3})?"| after JSON at position).*$/s, '');
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function twiceIn(text: string): string[] {
  const open: Set<string>[] = [];
  const problems: string[] = [];
  for (const token of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    const [sign, written, colon] = token;
    if (sign === '{' || sign === '[') open.push(new Set());
    else if (sign === '}' || sign === ']') open.pop();
    else if (written && colon) {
      const field = JSON.parse(written) as string;
      if (open.at(-1)?.has(field)) problems.push(`has the field ${field} twice, at ${placeOf(text, token.index)}`);
      open.at(-1)?.add(field);
    }
  }
  return problems;
}
