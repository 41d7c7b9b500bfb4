import { newLink, writeToken } from '../../adapters/links.ts';
import { writeTimeline } from '../../adapters/records.ts';
import { approvalSubject } from '../../domain/approval-words.ts';
import { dateAt, longDate, longMoment } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import { questionWords } from '../../domain/question.ts';
import { mailPerson } from '../mail.ts';
import { hidden, SaidPage } from '../pages/approval/out-of-use.tsx';
import { paths } from '../paths.ts';
import type { Answer } from '../route.ts';
import { WORDS } from '../words.ts';
import type { Bearer } from './approval-bearer.ts';

const TEN_MINUTES = 600_000;
/** A link outlives what it is about by a week, to show the outcome to who comes late. */
const WEEK = 7 * 86_400_000;

/** Mails a link to what is asked now, to the registered address only; at most one in ten minutes. */
export async function mailCurrentLink(bearer: Bearer): Promise<Answer> {
  const { visit, link, language, now } = bearer;
  const words = WORDS[language].ended;
  const say = (title: string, text: string) => (
    <SaidPage link={link} language={language} title={title} text={text} contact={visit.deps.mailFrom} />
  );
  const asked = await askedNow(bearer);
  if (!asked) return say(words.nothingMore, words.noneToMail);
  const { records, treaty } = visit.deps;
  const recent = await records.link.findFirst({
    where: { approvalId: asked.id, personId: link.person.id, createdAt: { gt: new Date(now.getTime() - TEN_MINUTES) } },
    orderBy: { createdAt: 'desc' },
  });
  if (recent) {
    const when = longMoment(recent.createdAt.getTime(), language, treaty.policy.treatyTimeZone);
    return say(words.mailed, words.mailedAlready(when));
  }
  const isMailed = await mailLink(bearer, asked);
  return isMailed ? say(words.mailed, words.mailedTo(hidden(link.person.email))) : say(words.ask, words.noMail);
}

/** The newest version, when it is open and this person is to decide it. */
async function askedNow({ visit, link }: Bearer) {
  const { caseId, subject } = link.approval;
  const person = await visit.deps.records.person.findUnique({ where: { id: link.person.id } });
  const newest = await visit.deps.records.approval.findFirst({
    where: { caseId, subject },
    orderBy: { version: 'desc' },
    include: { slots: { where: { personId: link.person.id } } },
  });
  const isAsked = newest?.state === 'open' && newest.slots.length === 1 && newest.askedById !== link.person.id;
  return isAsked && person && !person.leftAt ? newest : null;
}

type Asked = NonNullable<Awaited<ReturnType<typeof askedNow>>>;

async function mailLink({ visit, link, now }: Bearer, asked: Asked): Promise<boolean> {
  const { records, baseUrl } = visit.deps;
  const { person } = link;
  const { selector, secret, secretHash } = newLink();
  const expiresAt = new Date(asked.lapsesAt.getTime() + WEEK);
  const about = { purpose: 'decide', personId: person.id, approvalId: asked.id };
  await records.$transaction(async (tx) => {
    await tx.link.create({ data: { selector, secretHash, ...about, createdAt: now, expiresAt } });
    const act = { caseId: asked.caseId, at: now, actor: person.id, door: 'link', act: 'askedForLink' } as const;
    await writeTimeline(tx, { ...act, detail: { approvalId: asked.id } });
  });
  const decisionLink = `${baseUrl}${paths.decide(writeToken({ selector, secret }))}`;
  const values = { ...reminderValues({ visit, link }, asked), decisionLink };
  const isMailed = await mailPerson({ deps: visit.deps, person, template: 'annual-cycle/approval-reminder', values });
  // A link nobody holds must not stand in the way of the next try.
  if (!isMailed) await records.link.delete({ where: { selector } });
  return isMailed;
}

function reminderValues({ visit, link }: Pick<Bearer, 'visit' | 'link'>, asked: Asked) {
  const { treaty } = visit.deps;
  const { language, name } = link.person;
  const { policy } = treaty;
  const { treatyTimeZone: timeZone } = policy;
  const { label, about, happens } = questionWords({ approval: asked, language, policy });
  const dueOn = dateAt(asked.dueAt.getTime(), timeZone);
  const head = { label, about, version: asked.version, dueOn, short: treaty.office.conventionShort, language };
  return {
    officeName: treaty.office.name[language],
    personName: name,
    reference: referenceOf(asked.caseId),
    version: asked.version,
    subjectLine: approvalSubject({ kind: 'request', ...head }),
    whatHappens: happens,
    decideBy: longDate(dueOn, language),
  };
}
