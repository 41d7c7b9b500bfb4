import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Envelope } from './label.ts';

const LARGEST_MESSAGE = 50 * 1024 * 1024;

export type SmtpDoor = { url: string; port: number; stop(): Promise<void> };

/**
 * SMTP on loopback, without sign-in or TLS. A message is accepted once `accept` has resolved; 50 MB and more are
 * answered with 552, addresses that `rejects` names with 550.
 */
export async function openSmtp(given: {
  port: number;
  rejects: (address: string) => boolean;
  accept: (given: { raw: Buffer; envelope: Envelope }) => Promise<unknown>;
}): Promise<SmtpDoor> {
  const server = new SMTPServer({
    name: 'localhost',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MESSAGE,
    rejectOversized: true,
    closeTimeout: 1000,
    logger: false,
    onRcptTo({ address }, _session, answer) {
      answer(given.rejects(address) ? smtpError({ code: 550, text: 'No such mailbox here' }) : null);
    },
    onData(stream, session, answer) {
      receive({ stream, session, accept: given.accept }).then(
        () => answer(null, 'Kept'),
        () => answer(smtpError({ code: 451, text: 'Could not be kept, try again later' })),
      );
    },
  });
  greetAtOnce(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(given.port, '127.0.0.1', resolve);
  });
  // A client that hangs up in mid-sentence is not our fault.
  server.on('error', () => undefined);
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** smtp-server holds its greeting back for 100 ms to catch spammers; a year of letters would wait minutes for that. */
function greetAtOnce(server: SMTPServer): void {
  const connect = server.connect.bind(server);
  server.connect = (...given) => {
    connect(...given);
    const connection = [...server.connections].at(-1);
    connection?.connectionReady();
    if (connection) connection.connectionReady = () => undefined;
  };
}

async function receive(given: {
  stream: SMTPServerDataStream;
  session: SMTPServerSession;
  accept: (given: { raw: Buffer; envelope: Envelope }) => Promise<unknown>;
}): Promise<void> {
  const { stream, session } = given;
  const raw = await buffer(withinSize(stream));
  if (stream.sizeExceeded) return;
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
  await given.accept({ raw, envelope });
}

/** Reads to the end, as the client must be heard out, but keeps nothing beyond the limit. */
async function* withinSize(stream: SMTPServerDataStream): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= LARGEST_MESSAGE) yield chunk;
  }
}

function smtpError({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
