import { Socket } from 'node:net';

/** What a reader can be asked to do with bytes; what it returns must survive JSON. */
export type Tasks = Record<string, (bytes: Buffer) => unknown>;

/** Beside what a library may print. */
const ANSWERS = 3;
const LENGTH = 4;

/**
 * The loop of the process that reads: a question is its length, the name of a task, a line end and bytes; the answer is a
 * line of JSON, after a first line that it is ready. Ends with whoever asks. A task that throws ends it too: what has tripped once is not asked again.
 */
export function answerQuestions(tasks: Tasks): void {
  const answers = new Socket({ fd: ANSWERS, readable: false, writable: true });
  let chunks: Buffer[] = [];
  let size = 0;
  answers.write('ready\n');
  process.stdin.on('end', () => process.exit());
  process.stdin.on('data', async (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    // The first words are few: they are put together until the length can be read.
    if (chunks[0]!.length < LENGTH) chunks = [Buffer.concat(chunks)];
    if (size < LENGTH || size < LENGTH + chunks[0]!.readUInt32LE()) return;
    const question = Buffer.concat(chunks).subarray(LENGTH);
    chunks = [];
    size = 0;
    const nameEnds = question.indexOf('\n');
    const task = tasks[question.toString('latin1', 0, nameEnds)]!;
    answers.write(`${JSON.stringify(await task(question.subarray(nameEnds + 1)))}\n`);
  });
}

export function questionOf({ task, bytes }: { task: string; bytes: Buffer }): Buffer[] {
  const head = Buffer.from(`____${task}\n`, 'latin1');
  head.writeUInt32LE(head.length - LENGTH + bytes.length);
  return [head, bytes];
}
