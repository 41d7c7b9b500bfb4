import type { FastifyInstance } from 'fastify';
import { simpleParser } from 'mailparser';
import type { Clock } from '../../adapters/clock.ts';
import { createIncomingFiles, type IncomingFiles } from '../../adapters/incoming-file.ts';
import type { PostedLetter } from '../../adapters/post.ts';
import { openRecords, type Records } from '../../adapters/records.ts';
import { freePort } from '../../embedded/ports.ts';
import { createVisitor, type Visitor } from '../../simulator/visitor.ts';
import { createWeb } from '../../web/app.ts';
import { testDatabase } from './database.ts';
import { letters, MAIL_FROM, type Seeding, seedCycleCase } from './seed.ts';
import { treatyOf } from './small-treaty.ts';

export type Mail = { to: string; subject: string; text: string };

/** The web site alone, on rows of its own: no engine, no mail server, and a clock that stands still. */
export type Site = Seeding & {
  app: FastifyInstance;
  baseUrl: string;
  files: IncomingFiles;
  visitor(): Visitor;
  mails: Mail[];
  /** Moves the clock to this moment. */
  is(moment: string): void;
  person(role: string, at?: number): Promise<{ id: string; name: string; email: string }>;
  /** Everything that a door could change, to be compared. */
  facts(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

/** `virusCheck`: where one listens. */
export async function openSite({
  startsAt = '2027-10-01T08:00:00Z',
  virusCheck = null,
}: {
  startsAt?: string;
  virusCheck?: string | null;
} = {}): Promise<Site> {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const records = openRecords({ url: await testDatabase() });
  const treaty = treatyOf(['LAO', 'SEN', 'PER']);
  let now = new Date(startsAt);
  const mails: Mail[] = [];
  const files = createIncomingFiles({ maxBytes: treaty.policy.upload.maxBytes, clamdUrl: virusCheck });
  const app = await createWeb({
    records,
    files,
    treaty,
    letters,
    clock: { now: () => now } satisfies Clock,
    post: { deliver: (letter) => keep(mails, letter), verify: async () => {} },
    baseUrl,
    mailFrom: MAIL_FROM,
    mailboxUrl: null,
  });
  await seedCycleCase({ records, treaty, now });
  await app.listen({ host: '127.0.0.1', port });
  return {
    app,
    baseUrl,
    files,
    visitor: () => createVisitor({ baseUrl }),
    records,
    treaty,
    mails,
    get now() {
      return now;
    },
    is(moment) {
      now = new Date(moment);
    },
    person: (role, at = 0) => personOf({ records, role, at }),
    facts: () => factsIn(records),
    async close() {
      await app.close();
      files.close();
      await records.$disconnect();
    },
  };
}

async function keep(mails: Mail[], letter: PostedLetter) {
  const { subject = '', text = '' } = await simpleParser(letter.mime);
  mails.push({ to: letter.envelopeTo, subject, text });
  return { kind: 'accepted' as const, response: '250 OK' };
}

async function personOf({ records, role, at }: { records: Records; role: string; at: number }) {
  const people = await records.person.findMany({ where: { role }, orderBy: { email: 'asc' } });
  return people[at]!;
}

async function factsIn(records: Records): Promise<Record<string, number>> {
  const [counted] = await records.$queryRaw<[Record<string, number>]>`
    SELECT (SELECT count(*)::int FROM "Decision") AS decisions, (SELECT count(*)::int FROM "Outbox") AS outbox,
      (SELECT count(*)::int FROM "TimelineEntry") AS timeline, (SELECT count(*)::int FROM "Link") AS links,
      (SELECT count(*)::int FROM "Link" WHERE "usedAt" IS NOT NULL) AS used,
      (SELECT count(*)::int FROM "Submission") AS submissions, (SELECT count(*)::int FROM "Document") AS documents,
      (SELECT count(*)::int FROM "Session") AS sessions`;
  return counted;
}
