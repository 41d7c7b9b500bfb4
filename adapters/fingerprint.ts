import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal: what an approval, a letter and a document are recognised by. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The same id for the same text: what is done twice (a retry, a second click) meets the row that is there already. */
export function idOf(text: string): string {
  return sha256(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
