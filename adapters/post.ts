import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import { answerOf, greet, hangUp, type Server, serverAt } from './post/server.ts';
import { type Delivery, type Progress, verdict } from './post/verdict.ts';

export type { Delivery };

/** One letter to one recipient. `key` and `attempt` name the ledger row; neither may contain white space. */
export type PostedLetter = {
  key: string;
  attempt: number;
  envelopeFrom: string;
  envelopeTo: string;
  /** The stored bytes, lines ending in CRLF (a bare LF would be rewritten on the wire). */
  mime: Buffer;
  /** Commits the marker; `false` means that a later attempt owns the letter. Called at most once. */
  beforeDot: () => Promise<boolean>;
  /** Called every second while the letter is under way. */
  heartbeat?: () => void;
};

export type Post = {
  /** At most one SMTP transaction, on its own connection. Never throws: every end is a `Delivery`. */
  deliver(letter: PostedLetter): Promise<Delivery>;
  /** Connects, greets and signs in; throws an Error with the server's sentence when that fails. */
  verify(): Promise<void>;
};

/**
 * SMTP at most once: the marker of the letter is committed, and noted in the journal, before the final dot leaves.
 * The journal holds `key attempt dot` and `key attempt accepted`, each on disk before the work goes on.
 */
export function createPost(given: { smtpUrl: string; journalFile: string; socketTimeoutMs?: number }): Post {
  const server = serverAt(given);
  mkdirSync(dirname(given.journalFile), { recursive: true });
  return {
    deliver: (letter) => deliver({ server, letter, journalFile: given.journalFile }),
    async verify() {
      const connection = new SMTPConnection(server.options);
      try {
        await greet({ connection, server });
      } finally {
        hangUp(connection);
      }
    },
  };
}

type Attempt = { server: Server; letter: PostedLetter; journalFile: string };

async function deliver({ server, letter, journalFile }: Attempt): Promise<Delivery> {
  if (!isEnvelopeAddress(letter.envelopeTo) || !isEnvelopeAddress(letter.envelopeFrom)) {
    return { kind: 'refused', response: 'Not offered to the server: an envelope address is not a mail address' };
  }
  const progress: Progress = { stage: 'envelope', isAnswered: false, isFenced: false };
  const connection = new SMTPConnection(server.options);
  const pulse = setInterval(() => letter.heartbeat?.(), 1000);
  try {
    await greet({ connection, server });
    const response = await transfer({ connection, letter, journalFile, progress });
    // The answer is known; a full disk must not turn it into an unknown.
    await note({ journalFile, letter, word: 'accepted' }).catch(() => undefined);
    return { kind: 'accepted', response };
  } catch (error) {
    return verdict({ error: error as SMTPError, progress });
  } finally {
    clearInterval(pulse);
    // Inside the body there is nothing to say but good-bye: QUIT would be a line of the letter.
    if (progress.stage === 'body') connection.close();
    else hangUp(connection);
  }
}

/** nodemailer passes an address on as it is: whatever could end the command or name a second one is refused here. */
function isEnvelopeAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s<>,;@\p{Cc}]+@[^\s<>,;@\p{Cc}]+$/u.test(address);
}

type Transfer = Omit<Attempt, 'server'> & { connection: SMTPConnection; progress: Progress };

async function transfer(given: Transfer): Promise<string> {
  const { connection, letter, progress } = given;
  // nodemailer writes the recipients refused at RCPT into this very object (pinned by a test).
  const envelope = { from: letter.envelopeFrom, to: [letter.envelopeTo], size: letter.mime.length, rejected: [] };
  const body = Readable.from(bytesThenMarker({ ...given, rejected: () => envelope.rejected }), { objectMode: false });
  const response = await answerOf<string>(connection, (done) => {
    connection.send(envelope, body, (error, sent) => {
      progress.isAnswered = true;
      done(error, sent?.response);
    });
  });
  if (progress.stage !== 'dot') throw new Error(`The server answered before the letter had ended: ${response}`);
  return response;
}

/** nodemailer writes the final dot only when this stream ends; throwing ends the connection without it. */
async function* bytesThenMarker(given: Transfer & { rejected: () => string[] }): AsyncGenerator<Buffer> {
  const { letter, progress, journalFile } = given;
  progress.stage = 'body';
  // In slices, so that the marker is set when the last of them leaves and not while megabytes still wait.
  for (let at = 0; at < letter.mime.length; at += 65_536) yield letter.mime.subarray(at, at + 65_536);
  const isOver = () => progress.isAnswered || given.rejected().length > 0;
  if (isOver()) throw new Error('The server refused the letter before its end');
  progress.isFenced = !(await letter.beforeDot());
  if (progress.isFenced) throw new Error('A later attempt owns this letter');
  await note({ journalFile, letter, word: 'dot' });
  if (isOver()) throw new Error('The server refused the letter before its end');
  progress.stage = 'dot';
}

type Note = { journalFile: string; letter: PostedLetter; word: 'dot' | 'accepted' };

async function note({ journalFile, letter, word }: Note): Promise<void> {
  const journal = await open(journalFile, 'a');
  try {
    await journal.appendFile(`${letter.key} ${letter.attempt} ${word}\n`);
    await journal.datasync();
  } finally {
    await journal.close();
  }
}
