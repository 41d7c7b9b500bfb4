import { resolve } from 'node:path';
import { z } from 'zod';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 1 to 65535')
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, 'must be a whole number from 1 to 65535');

/** Everything the environment may say. What is not said is embedded or has the default here. */
const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgresql://user@host:5432/name' }),
  TEMPORAL_ADDRESS: z.string().regex(/^[^:\s]+:\d+$/, 'must look like host:7233'),
  TEMPORAL_NAMESPACE: z.string().default('secretariat'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://host:587' }),
  MAILBOX_URL: z.url().optional(),
  IMAP_URL: z
    .url({ protocol: /^imaps?$/, error: 'must look like imaps://user:password@host/INBOX' })
    .refine((url) => new URL(url).username !== '', 'must name a user: imaps://user:password@host/INBOX')
    .optional(),
  MAIL_TOKEN_FILE: z.string().min(1).optional(),
  CLAMD_URL: z
    .string()
    .regex(/^(tcp:\/\/[^/]+:\d+|unix:\/\/\/.+)$/, 'must look like tcp://host:3310 or unix:///run/clamav/clamd.ctl')
    .optional(),
  EVIDENCE_ADDRESS: z.email('must be a mail address').optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  BASE_URL: z.url({ protocol: /^https?$/, error: 'must look like https://focalpoint.example' }),
  PORT: port.prefault('3000'),
  FOCALPOINT_DATA: z.string().min(1),
  FOCALPOINT_TREATY: z
    .string()
    .min(1)
    .default(resolve(import.meta.dirname, '../treaties/ccm')),
  MAIL_FROM: z.email().default('secretariat@isu.example'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
});

export type Config = {
  databaseUrl: string;
  temporal: { address: string; namespace: string };
  smtpUrl: string;
  /** The built-in mailbox's page, when mail arrives there. */
  mailboxUrl: string | null;
  /** Where answers are read from a mail server; the file holds the token that signs in instead of a password. */
  imap: { url: string; tokenFile: string | null } | null;
  /** Where a virus check (clamd) listens; null: files that come in are not checked for viruses. */
  clamdUrl: string | null;
  /** Who keeps the timeline's hashes outside, by a mail a day; null: nobody. */
  evidenceAddress: string | null;
  /** What our own mail addresses are signed with; null: the file in the data folder. */
  secretKey: string | null;
  /** Links in letters are built from this, never from a request's Host. */
  baseUrl: string;
  port: number;
  dataFolder: string;
  treatyFolder: string;
  mailFrom: string;
  logLevel: string;
};

/** The folder of the treaty: the environment's, or the one that comes with the product. */
export function treatyFolder(env: NodeJS.ProcessEnv): string {
  return env.FOCALPOINT_TREATY || resolve(import.meta.dirname, '../treaties/ccm');
}

/** The environment, read once at start. Throws {@link BadEnvironment} with a sentence for each variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = environment.safeParse(env);
  if (!read.success) throw new BadEnvironment(read.error.issues.map((issue) => sentence(issue, env)));
  const known = read.data;
  return {
    databaseUrl: known.DATABASE_URL,
    temporal: { address: known.TEMPORAL_ADDRESS, namespace: known.TEMPORAL_NAMESPACE },
    smtpUrl: known.SMTP_URL,
    mailboxUrl: known.MAILBOX_URL ?? null,
    imap: known.IMAP_URL ? { url: known.IMAP_URL, tokenFile: known.MAIL_TOKEN_FILE ?? null } : null,
    clamdUrl: known.CLAMD_URL ?? null,
    evidenceAddress: known.EVIDENCE_ADDRESS ?? null,
    secretKey: known.SECRET_KEY ?? null,
    baseUrl: known.BASE_URL.replace(/\/+$/, ''),
    port: known.PORT,
    dataFolder: known.FOCALPOINT_DATA,
    treatyFolder: treatyFolder(env),
    mailFrom: known.MAIL_FROM,
    logLevel: known.LOG_LEVEL,
  };
}

/** A variable of the environment is missing or wrong; the message is one sentence a line, without any secret. */
class BadEnvironment extends Error {
  override name = 'BadEnvironment';
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
  }
}

function sentence(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  return env[name] === undefined
    ? `The variable ${name} is missing. \`npm start\` sets it; a worker or web process started alone needs it.`
    : `The variable ${name} is wrong: ${issue.message}.`;
}
