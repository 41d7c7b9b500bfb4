import { z } from 'zod';
import { cleanLine } from '../../domain/letter-text.ts';
import type { BoardQuery } from './board.ts';

const text = (longest: number) => z.string().max(longest).transform(cleanLine).catch('');

/** What the address may ask of the board. Whatever cannot be understood is as if it had not been said. */
const asked = z.object({
  year: z.coerce.number().int().min(2000).max(2200).catch(0),
  region: text(60),
  language: text(2),
  show: z.enum(['needs', 'overdue', 'waiting', 'progress', 'done']).or(z.literal('')).catch(''),
  q: text(100),
  sort: z.enum(['urgency', 'name', 'waiting', 'contact']).catch('urgency'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export function readBoardQuery({ query, latestYear }: { query: unknown; latestYear: number }): BoardQuery {
  const read = asked.parse(typeof query === 'object' && query !== null ? query : {});
  return { ...read, year: read.year || latestYear };
}

/** The address of the board with these changes; a changed filter begins at the first page. */
export function boardAddress({
  query,
  change = {},
  format,
}: {
  query: BoardQuery;
  change?: Partial<BoardQuery>;
  format?: string;
}): string {
  const { year, region, language, show, q, sort, page } = { ...query, page: 1, ...change };
  const entries = { year: String(year), region, language, show, q, sort: sort === 'urgency' ? '' : sort };
  const search = new URLSearchParams(Object.entries(entries).filter(([, value]) => value !== ''));
  if (page > 1) search.set('page', String(page));
  if (format) search.set('format', format);
  return `/board?${search}`;
}
