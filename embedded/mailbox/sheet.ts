import type { Sheet } from './letter-list.tsx';
import type { StoredMessage } from './store.ts';

const LETTERS_ON_A_SHEET = 50;

/** One page of what matches the search, newest first. Pages that do not exist become the nearest that does. */
export function sheetOf(given: { messages: StoredMessage[]; search?: string; number?: string }): Sheet {
  const search = (given.search ?? '').trim();
  const found = given.messages.filter((message) => matches({ message, search })).reverse();
  const pages = Math.max(1, Math.ceil(found.length / LETTERS_ON_A_SHEET));
  const number = Math.min(Math.max(1, Number.parseInt(given.number ?? '1', 10) || 1), pages);
  const letters = found.slice((number - 1) * LETTERS_ON_A_SHEET, number * LETTERS_ON_A_SHEET);
  return { letters, total: found.length, number, pages, search };
}

/** Every word must occur in the subject or in one of the names and addresses. */
function matches({ message, search }: { message: StoredMessage; search: string }): boolean {
  if (!search) return true;
  const { subject, from, envelopeFrom, envelopeTo } = message;
  const text = [subject, from.name, from.address, envelopeFrom, ...envelopeTo].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
