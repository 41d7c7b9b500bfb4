import { answerQuestions } from '../../adapters/incoming-file/answers.ts';

/** What a file could make its reader do, had it found a way. */
answerQuestions({
  process: () => process.pid,
  length: (bytes) => bytes.length,
  environment: () => Object.keys(process.env),
  spin() {
    for (;;);
  },
  wait: () => new Promise(() => setInterval(() => {}, 1_000)),
  hoardNumbers() {
    const numbers: number[][] = [];
    for (;;) numbers.push(Array.from<number>({ length: 2_000_000 }).fill(numbers.length));
  },
  hoardBytes() {
    const bytes: Buffer[] = [];
    for (;;) bytes.push(Buffer.alloc(1024 * 1024, 1));
  },
  talk: () => 'word '.repeat(2_000_000),
  talkNonsense: () => undefined,
  stumble() {
    throw new Error('A bug of a library.');
  },
  leave: () => process.exit(0),
});
