import type { FastifyInstance, FastifyReply } from 'fastify';
import { newLink, readToken, sameText, secretHash, writeToken } from '../../adapters/links.ts';
import { type Records, writeTimeline } from '../../adapters/records.ts';
import { emailAddress } from '../../domain/address.ts';
import type { Language } from '../../domain/treaty.ts';
import type { WebDeps } from '../deps.ts';
import { languageOf } from '../language.ts';
import { mailPerson } from '../mail.ts';
import { EnterPage, LinkSentPage, SignInPage, UsedLinkPage } from '../pages/sign-in.tsx';
import { paths, patterns } from '../paths.ts';
import { type Answer, page, route, seeOther, type Visit } from '../route.ts';
import { beginSession, endSession, rememberedPage, systemNow } from '../session.ts';
import { WORDS } from '../words.ts';

const VALID_MINUTES = 20;
/** Links mailed to one person within that time, however often somebody asks for them. */
const MOST_LINKS = 10;

/** Sign-in by a mailed link: asked for, opened, and used up by a button, never by opening it. */
export function signInRoutes(app: FastifyInstance): void {
  route(app, { method: 'GET', url: patterns.signIn, may: 'public', handler: ask });
  route(app, { method: 'POST', url: patterns.signIn, may: 'public', handler: mailLink });
  route(app, { method: 'GET', url: patterns.signInSent, may: 'public', handler: sent });
  route(app, { method: 'GET', url: patterns.session, may: 'public', handler: open });
  route(app, { method: 'POST', url: patterns.session, may: 'public', handler: enter });
  route(app, { method: 'POST', url: patterns.signOut, may: 'board.read', handler: leave });
}

function ask({ request, proof }: Visit<'public'>): Answer {
  const hasLeft = (request.query as Record<string, unknown>)['left'] !== undefined;
  return <SignInPage language={languageOf(request)} proof={proof} email="" errors={[]} hasLeft={hasLeft} />;
}

function sent({ request, deps }: Visit<'public'>): Answer {
  return <LinkSentPage language={languageOf(request)} mailboxUrl={deps.mailboxUrl} />;
}

/** Answers before it has looked whether the address is known: neither words nor time tell. */
async function mailLink({ request, reply, form, proof, deps }: Visit<'public'>): Promise<Answer> {
  await request.server.limits.signIn(request);
  const email = form['email'] ?? '';
  const read = emailAddress(email);
  if ('problem' in read) {
    const language = languageOf(request);
    const errors = [{ field: 'email', text: WORDS[language].signIn.badEmail }];
    return page(reply, <SignInPage {...{ language, proof, email, errors }} hasLeft={false} />, 422);
  }
  setImmediate(() => {
    mailIfKnown(deps, read.address).catch((error: Error) =>
      request.server.log.warn({ error: error.name }, 'sign-in mail'),
    );
  });
  return seeOther(reply, paths.signInSent());
}

async function mailIfKnown(deps: WebDeps, address: string): Promise<void> {
  const { records, baseUrl, treaty } = deps;
  const email = { equals: address, mode: 'insensitive' } as const;
  const found = await records.person.findFirst({ where: { email, leftAt: null } });
  if (!found) return;
  const person = { ...found, language: found.language as Language };
  const { selector, secret, secretHash: hash } = newLink();
  const createdAt = systemNow();
  const since = new Date(createdAt.getTime() - VALID_MINUTES * 60_000);
  const mailed = { purpose: 'sign-in', personId: person.id, createdAt: { gt: since } };
  if ((await records.link.count({ where: mailed })) >= MOST_LINKS) return;
  const expiresAt = new Date(createdAt.getTime() + VALID_MINUTES * 60_000);
  const link = { selector, secretHash: hash, purpose: 'sign-in', personId: person.id, createdAt, expiresAt };
  await records.link.create({ data: link });
  const values = {
    personName: person.name,
    validMinutes: VALID_MINUTES,
    signInLink: `${baseUrl}${paths.session(writeToken({ selector, secret }))}`,
    officeName: treaty.office.name[person.language],
  };
  await mailPerson({ deps, person, template: 'console/sign-in', values });
}

async function open({ request, reply, deps, proof }: Visit<'public'>): Promise<Answer> {
  const found = await findSignInLink(deps.records, request.params);
  if (!found) return refuseLink(request, reply);
  const language = languageOf(request, found.person.language);
  return <EnterPage language={language} proof={proof} token={found.token} name={found.person.name} />;
}

async function enter({ request, reply, deps }: Visit<'public'>): Promise<Answer> {
  const found = await findSignInLink(deps.records, request.params);
  if (!found) return refuseLink(request, reply);
  const now = systemNow();
  const personId = found.person.id;
  const isFirst = await deps.records.$transaction(async (tx) => {
    const unused = { selector: found.selector, usedAt: null };
    const { count } = await tx.link.updateMany({ where: unused, data: { usedAt: now } });
    if (count === 0) return false;
    await beginSession({ tx, personId, reply });
    const act = { caseId: null, at: deps.clock.now(), actor: personId, door: 'link', act: 'signedIn' } as const;
    await writeTimeline(tx, act);
    return true;
  });
  return isFirst ? seeOther(reply, rememberedPage(request)) : refuseLink(request, reply);
}

async function refuseLink(request: Visit<'public'>['request'], reply: FastifyReply): Promise<Answer> {
  await request.server.limits.unknownLinks(request);
  return page(reply, <UsedLinkPage language={languageOf(request)} />, 410);
}

/** A link of this kind that is still good, with its person; null otherwise, whatever is wrong with it. */
async function findSignInLink(records: Records, params: unknown) {
  const token = readToken((params as { token?: string }).token);
  const row = await records.link.findFirst({ where: { selector: token?.selector ?? '', purpose: 'sign-in' } });
  const isProven = sameText(secretHash(token?.secret ?? ''), row?.secretHash ?? '');
  const isGood = row && isProven && !row.usedAt && !row.revokedAt && row.expiresAt > systemNow();
  const person = isGood && row.personId ? await records.person.findUnique({ where: { id: row.personId } }) : null;
  return token && person && !person.leftAt ? { selector: token.selector, token: writeToken(token), person } : null;
}

async function leave({ request, reply, deps }: Visit<'board.read'>): Promise<Answer> {
  await endSession({ records: deps.records, request, reply });
  return seeOther(reply, `${paths.signIn()}?left`);
}
