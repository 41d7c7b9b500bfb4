import type { FastifyReply } from 'fastify';
import { type Format, FORMATS, exported, MEDIA_TYPES, type Sheet } from '../../../adapters/exports.ts';
import { frameCounts } from '../../../adapters/overview/frame.ts';
import type { Action } from '../../../domain/permissions.ts';
import type { Console } from '../../pages/console/frame.tsx';
import { dateWords } from '../../presenters/words.ts';
import type { Visit } from '../../route.ts';

/** What every console page is given. One short statement. */
export async function consoleOf({ request, deps, viewer }: Visit<Action>): Promise<Console> {
  const { records, treaty, clock, simulation, mailboxUrl } = deps;
  return {
    viewer,
    now: clock.now(),
    words: dateWords(treaty.policy.treatyTimeZone),
    counts: await frameCounts({ records, treaty: treaty.id }),
    simulation: simulation?.state() ?? null,
    mailboxUrl,
    address: request.url,
  };
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
