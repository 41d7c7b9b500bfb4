import { fold, namesOf } from '../../domain/state-names.ts';
import type { StateParty, Treaty } from '../../domain/treaty.ts';
import { caseIdFrom } from './case.ts';

type Mail = { sender: string; subject: string; text: string; caseId: string | null };
type Address = { stateParty: string; email: string };
type Filable = { id: string; stateParty: string | null; closedAt: Date | null };

/** A case a mail may belong to, and why we think so. */
export type Suggestion<Case extends Filable> = { case: Case; because: string };

const MOST = 3;

/**
 * The cases a mail may belong to, those that are open first: where it was found to belong, what it quotes, and the open
 * cases of the State Party it most likely comes from. Only a person files by them.
 */
export function suggestCases<Case extends Filable>({
  mail,
  contacts,
  treaty,
  cases,
}: {
  mail: Mail;
  contacts: Address[];
  treaty: Treaty;
  cases: Case[];
}): Suggestion<Case>[] {
  const guess = guessState({ mail, contacts, treaty });
  const quoted = quotedCases({ mail, treaty });
  const ofState = ({ stateParty }: Case) => guess !== null && stateParty === guess.state.iso3;
  const found = [
    ...cases
      .filter(({ id }) => id === mail.caseId)
      .map((each) => ({ case: each, because: ofState(each) ? guess!.because : 'it answers one of its letters' })),
    ...cases
      .filter(({ id }) => quoted.includes(id))
      .map((each) => ({ case: each, because: 'it quotes its reference' })),
    ...cases
      .filter((each) => each.closedAt === null && ofState(each))
      .map((each) => ({ case: each, because: guess!.because })),
  ];
  return found
    .filter((one, at) => found.findIndex((other) => other.case.id === one.case.id) === at)
    .sort((one, other) => Number(one.case.closedAt !== null) - Number(other.case.closedAt !== null))
    .slice(0, MOST);
}

/** The ids of the cases whose references stand in the subject or the text, whether there are such cases or not. */
export function quotedCases({ mail, treaty }: { mail: Omit<Mail, 'caseId'>; treaty: Treaty }): string[] {
  const references =
    `${mail.subject} ${mail.text}`.match(/\b[a-z][a-z-]{2,30}\/\d{4}(\/[A-Za-z0-9-]{1,20}){0,3}/g) ?? [];
  return [...new Set(references)].flatMap((reference) => caseIdFrom({ treaty: treaty.id, reference }) ?? []);
}

type Guess = { state: StateParty; because: string };

/** The State Party a mail most likely comes from; null when nothing points to one. */
function guessState({ mail, contacts, treaty }: { mail: Mail; contacts: Address[]; treaty: Treaty }): Guess | null {
  const address = /[^\s<>]+@[^\s<>]+/.exec(mail.sender)?.[0]?.toLowerCase() ?? '';
  const domain = address.split('@')[1] ?? '';
  const find = (iso3: string | undefined) => treaty.states.find((state) => state.iso3 === iso3);
  const known = find(contacts.find(({ email }) => email.toLowerCase() === address)?.stateParty);
  if (known) return { state: known, because: 'its address is in the register' };
  const neighbours = new Set(
    contacts.filter(({ email }) => email.toLowerCase().endsWith(`@${domain}`)).map(({ stateParty }) => stateParty),
  );
  const neighbour = neighbours.size === 1 && domain ? find([...neighbours][0]) : undefined;
  if (neighbour) return { state: neighbour, because: `the register knows others at ${domain}` };
  const quoted = find(/\/\d{4}\/([A-Z]{3})\b/.exec(`${mail.subject} ${mail.text}`)?.[1]);
  if (quoted) return { state: quoted, because: 'it quotes the reference of a letter' };
  return named({ mail, treaty });
}

/** The one State Party whose name stands in the subject. */
function named({ mail, treaty }: { mail: Mail; treaty: Treaty }): Guess | null {
  const subject = ` ${fold(mail.subject)} `;
  const found = treaty.states.filter((state) =>
    namesOf(state).some((name) => name !== state.iso3 && subject.includes(` ${fold(name)} `)),
  );
  return found.length === 1 && found[0] ? { state: found[0], because: 'its subject names it' } : null;
}
