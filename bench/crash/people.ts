import { readToken } from '../../adapters/links.ts';
import { dateAt } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import type { Treaty } from '../../domain/treaty.ts';
import type { Mailbox } from '../../embedded/mailbox.ts';
import { linkIn } from '../../simulator/letter-reader.ts';
import { officerRobot } from '../../simulator/officer.ts';
import type { Doors } from '../../simulator/robots.ts';
import { confirmForm, send } from '../decision/form.ts';
import { until } from '../pace.ts';
import type { MailServer } from './mail-server.ts';

/** A page that does not answer is tried again, with the same, for so many seconds. */
const PATIENCE = 180;

/** People at the product's own doors. */
export type People = {
  openCycle(year: number): Promise<void>;
  /** Walks from the link in the mail to the form whose button confirms. */
  aboutToApprove(address: string): Promise<Approval>;
  /** An officer files a report that came by post. */
  fileReport(report: { caseId: string; stateName: string; year: number }): Promise<void>;
};

/** `confirm` throws unless the answer says that it is recorded. */
export type Approval = { selector: string; choice: string; confirm: () => Promise<void> };

export function peopleAt({
  baseUrl,
  treaty,
  mailServer,
}: {
  baseUrl: string;
  treaty: Treaty;
  mailServer: MailServer;
}): People {
  const { mail } = mailServer;
  const today = () => dateAt(Date.now(), treaty.policy.treatyTimeZone);
  // An officer at the console needs neither diary nor chance, and of the mailbox only what came.
  const officer = officerRobot({ treaty, baseUrl, today, mailbox: mail as unknown as Mailbox } as Doors);
  return {
    openCycle: (year) => officer.openCycle(year),
    async aboutToApprove(address) {
      const [message] = mail.messages({ to: address });
      const url = await linkIn({ mailbox: mail as unknown as Mailbox, message: message!, part: '/a/' });
      const link = readToken(url!.split('/a/')[1])!;
      const form = await insist('the page of an approval', () => confirmForm({ baseUrl, link }));
      const { selector } = link;
      return { selector, choice: form.fields['choice'] ?? '', confirm: () => send(form) };
    },
    fileReport: ({ caseId, ...about }) =>
      insist('the page that takes a report', () => officer.fileByPost({ reference: referenceOf(caseId), ...about })),
  };
}

/** Does it again until it succeeds. Throws the last fault when patience is at its end. */
export async function insist<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  let last = '';
  const look = () =>
    act().then(
      (result) => ({ result }),
      (error: Error) => {
        last = error.message;
        return null;
      },
    );
  const { result } = await until({ what, seconds: PATIENCE, everyMs: 1_000, look }).catch((error: Error) => {
    throw new Error(`${error.message} ${last}`);
  });
  return result;
}
