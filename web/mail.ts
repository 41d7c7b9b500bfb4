import { randomUUID } from 'node:crypto';
import { lettersInForce } from '../adapters/letters-in-force.ts';
import { composeMime } from '../adapters/mime.ts';
import type { LetterValues } from '../domain/letter-text.ts';
import type { Language } from '../domain/treaty.ts';
import type { WebDeps } from './deps.ts';

/**
 * Mails one of our own people at once, outside the ledger of letters: for links they asked for themselves, of which a
 * second copy harms nobody. False when the mail server did not take it.
 */
export async function mailPerson({
  deps,
  person,
  template,
  values,
}: {
  deps: WebDeps;
  person: { name: string; email: string; language: Language };
  template: string;
  values: LetterValues;
}): Promise<boolean> {
  const { post, mailFrom, treaty, clock } = deps;
  const letters = await lettersInForce(deps);
  const { subject, text, html } = letters.render({ template, language: person.language, values });
  const id = randomUUID();
  const mime = await composeMime({
    from: { name: treaty.office.name[person.language], address: mailFrom },
    to: { name: person.name, address: person.email },
    replyTo: mailFrom,
    subject,
    text,
    html,
    messageId: `<${id}@${mailFrom.split('@')[1]}>`,
    date: clock.now(),
  });
  const envelope = { envelopeFrom: mailFrom, envelopeTo: person.email };
  const delivery = await post.deliver({ key: id, attempt: 1, ...envelope, mime, beforeDot: async () => true });
  return delivery.kind === 'accepted';
}
