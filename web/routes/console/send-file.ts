import type { FastifyReply } from 'fastify';

/** Answers with a file that came from outside: to keep, never shown in the browser. */
export function sendFile(
  reply: FastifyReply,
  { bytes, fileName, mediaType }: { bytes: Uint8Array; fileName: string; mediaType: string },
): FastifyReply {
  const plain = fileName.replace(/[^\w .()-]/g, '_');
  return reply
    .type(mediaType)
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(Buffer.from(bytes));
}
