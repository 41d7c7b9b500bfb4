import { fold, namesOf } from '../../domain/state-names.ts';
import type { StateParty, Treaty } from '../../domain/treaty.ts';

type Mail = { sender: string; subject: string; text: string };
type Address = { stateParty: string; email: string };

/** The State Party a mail most likely comes from, and why we think so; null when nothing points to one. */
export type Guess = { state: StateParty; because: string };

export function guessState({
  mail,
  contacts,
  treaty,
}: {
  mail: Mail;
  contacts: Address[];
  treaty: Treaty;
}): Guess | null {
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
  const written = new RegExp(`/${'\\d{4}'}/([A-Z]{3})\\b`).exec(`${mail.subject} ${mail.text}`)?.[1];
  const quoted = find(written);
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
