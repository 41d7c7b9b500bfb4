import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { createIncomingFiles } from '../../adapters/incoming-file.ts';
import { createLetters } from '../../adapters/letters.ts';
import { formProof, secretHash } from '../../adapters/links.ts';
import { openRecords } from '../../adapters/records.ts';
import { loadTreaty } from '../../adapters/treaty.ts';
import type { Role } from '../../domain/permissions.ts';
import { createWeb } from '../../web/app.ts';
import type { Simulation, WebDeps } from '../../web/deps.ts';
import { testDatabase } from './database.ts';
import { seedCycle, seedMails, seedOffice } from './seed-cases.ts';

export const NOW = new Date('2027-05-20T12:34:00Z');
const ROLES: Role[] = ['admin', 'officer', 'auditor', 'coordinator'];

export type ConsoleStage = Awaited<ReturnType<typeof openConsole>>;

/** The console over a made-up year, with somebody of each role signed in. */
export async function openConsole({
  seeded = true,
  simulation,
  baseUrl = 'http://localhost:4000',
}: {
  seeded?: boolean;
  simulation?: Simulation;
  baseUrl?: string;
} = {}) {
  const records = openRecords({ url: await testDatabase() });
  const treaty = loadTreaty({ folder: new URL('../../treaties/ccm', import.meta.url).pathname });
  const now = NOW;
  await seedOffice({ records, treaty, now });
  if (seeded) {
    await seedCycle({ records, treaty, year: 2026, now: new Date('2026-09-30T10:00:00Z') });
    await seedCycle({ records, treaty, year: 2027, now });
    await seedMails({ records, treaty, year: 2027, now });
  }
  const people = await signIn({ records });
  const clock = { now: () => now };
  const letters = createLetters({ folder: new URL('../../templates', import.meta.url).pathname });
  const office = { letters, post: {} as never, mailFrom: 'ccm@isu.example', mailboxUrl: null };
  const files = createIncomingFiles({ maxBytes: treaty.policy.upload.maxBytes, clamdUrl: null });
  const deps: WebDeps = { records, treaty, files, clock, baseUrl, ...office, ...(simulation ? { simulation } : {}) };
  const app = await createWeb(deps);
  const send = async (role: Role, options: InjectOptions): Promise<LightMyRequestResponse> =>
    await app.inject({ ...options, cookies: { session: role } });
  return {
    app,
    records,
    treaty,
    people,
    get: (url: string, role: Role = 'admin') => send(role, { method: 'GET', url }),
    /** Sends a form as its page would: from our origin and with its proof. */
    post: (url: string, fields: Record<string, string>, role: Role = 'admin') =>
      send(role, {
        method: 'POST',
        url,
        headers: { origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ proof: formProof(role), ...fields }).toString(),
      }),
    /** Sends a form with a file. */
    upload: (
      url: string,
      fields: Record<string, string>,
      file: { name: string; bytes: Buffer } | null,
      role: Role = 'officer',
    ) =>
      send(role, {
        method: 'POST',
        url: `${url}?proof=${formProof(role)}`,
        headers: { origin: baseUrl, 'content-type': 'multipart/form-data; boundary=xxx' },
        payload: multipart(fields, file),
      }),
    async close(): Promise<void> {
      await app.close();
      files.close();
      await records.$disconnect();
    },
  };
}

async function signIn({ records }: { records: WebDeps['records'] }): Promise<Record<Role, string>> {
  const people = {} as Record<Role, string>;
  for (const role of ROLES) {
    const person = await records.person.findFirstOrThrow({ where: { role }, orderBy: { email: 'asc' } });
    const session = { tokenHash: secretHash(role), personId: person.id, createdAt: new Date() };
    await records.session.create({ data: { ...session, expiresAt: new Date(Date.now() + 3_600_000) } });
    people[role] = person.id;
  }
  return people;
}

function multipart(fields: Record<string, string>, file: { name: string; bytes: Buffer } | null): Buffer {
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--xxx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const head = `--xxx\r\nContent-Disposition: form-data; name="file"; filename="${file?.name ?? ''}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([...parts, Buffer.from(head), file?.bytes ?? Buffer.alloc(0), Buffer.from('\r\n--xxx--\r\n')]);
}

/** A task of the ISU, for the tests of answers. */
export async function askIsu(
  stage: ConsoleStage,
  {
    caseId,
    kind,
    about = {},
  }: {
    caseId: string;
    kind: string;
    about?: Record<string, string>;
  },
): Promise<string> {
  const id = randomUUID();
  const task = { id, caseId, kind, title: 'A State Party has written', why: 'Read it and answer.', about };
  await stage.records.task.create({ data: { ...task, answers: ['noted'], createdAt: NOW } });
  return id;
}
