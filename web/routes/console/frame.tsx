import type { FastifyReply } from 'fastify';
import { exported, FORMATS, type Format, MEDIA_TYPES, type Sheet } from '../../../adapters/exports.ts';
import { frameCounts } from '../../../adapters/overview/frame.ts';
import { cleanLine } from '../../../domain/letter-text.ts';
import type { Action } from '../../../domain/permissions.ts';
import type { Console } from '../../pages/console/frame.tsx';
import { NotFound } from '../../pages/refused.tsx';
import { paths } from '../../paths.ts';
import { dateWords } from '../../presenters/words.ts';
import { page, type Visit } from '../../route.ts';

/** What every console page is given. One short statement. */
export async function consoleOf({ request, deps, viewer }: Visit<Action>): Promise<Console> {
  const { records, treaty, clock, simulation, mailboxUrl } = deps;
  const now = clock.now();
  return {
    viewer,
    now,
    words: dateWords({ timeZone: treaty.policy.treatyTimeZone, now }),
    counts: await frameCounts({ records, treaty: treaty.id }),
    simulation: simulation?.state() ?? null,
    mailboxUrl,
    address: request.method === 'GET' ? request.url : paths.board(),
  };
}

/** What the address asks a list for by `?q=`; empty for what is no text. */
export function searchOf({ request }: Visit<Action>): string {
  const { q } = request.query as { q?: unknown };
  return typeof q === 'string' ? cleanLine(q.slice(0, 100)) : '';
}

/** The format a list was asked for, or null for the page itself. */
export function formatOf({ request }: Visit<Action>): Format | null {
  const { format } = request.query as { format?: unknown };
  return FORMATS.find((each) => each === format) ?? null;
}

/** Answers with the list as a file to keep. */
export async function sendSheet({
  reply,
  sheet,
  format,
}: {
  reply: FastifyReply;
  sheet: Sheet;
  format: Format;
}): Promise<FastifyReply> {
  const bytes = await exported({ sheet, format });
  return reply
    .type(MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${sheet.name}.${format}"`)
    .send(bytes);
}

export function notFound({ reply }: Visit<Action>): FastifyReply {
  return page(reply, <NotFound language="en" />, 404);
}

/** The id in the address; null when it cannot be one, so that the database is not asked for nonsense. */
export function idOf({ request }: Visit<Action>): string | null {
  const { id } = request.params as { id: string };
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}
