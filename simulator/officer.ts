import type { StoredMessage } from '../embedded/mailbox.ts';
import { linkIn } from './letter-reader.ts';
import { madeUpReport } from './reports.ts';
import type { Doors, Robot } from './robots.ts';
import { createVisitor, type Page, type Visitor } from './visitor.ts';

/** The ISU: an admin who opens the cycle, files what came by post, and settles what the engine cannot. */
export type Officer = Robot & {
  openCycle(year: number): Promise<void>;
  /** Files a State's report that came by post, at its case page. */
  fileByPost(filing: { reference: string; stateName: string; year: number }): Promise<void>;
};

export function officerRobot(doors: Doors): Officer {
  const { email } = doors.treaty.people.find((person) => person.role === 'admin')!;
  let signedIn: Promise<Visitor> | null = null;
  const atConsole = () => (signedIn ??= signIn(doors, email));
  return {
    reads: (to) => to === email,
    async read() {},
    async openCycle(year) {
      const visitor = await atConsole();
      const page = await visitor.get(`/cycles?year=${year}`);
      await succeed(
        visitor.submit(page, { button: 'Open the cycle', fields: { year: String(year) } }),
        'open the cycle',
      );
    },
    async fileByPost({ reference, stateName, year }) {
      const visitor = await atConsole();
      const file = await madeUpReport({ stateName, year, version: 1, format: 'pdf' });
      const page = await visitor.get(`/cases/${reference}`);
      const fields = { receivedOn: doors.today(), note: 'Came by diplomatic bag' };
      await succeed(visitor.submit(page, { has: 'file', fields, file }), 'file a report by post');
    },
  };
}

/** Asks for a link, finds it in the mailbox, presses the button behind it. */
async function signIn(doors: Doors, email: string): Promise<Visitor> {
  const visitor = createVisitor(doors);
  await visitor.submit(await visitor.get('/sign-in'), { has: 'email', fields: { email } });
  const message = await newestMail(doors, email);
  const link = await linkIn({ mailbox: doors.mailbox, message, part: '/s/' });
  await succeed(visitor.submit(await visitor.get(link!), { button: 'Sign in' }), 'sign in');
  return visitor;
}

/** The mail is on its way for a moment. */
async function newestMail({ mailbox }: Doors, to: string): Promise<StoredMessage> {
  for (let tries = 0; tries < 100; tries++) {
    const [newest] = mailbox.messages({ to }).slice(-1);
    if (newest) return newest;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The sign-in mail did not arrive within 5 s');
}

async function succeed(going: Promise<Page>, what: string): Promise<void> {
  const page = await going;
  if (page.status !== 200)
    throw new Error(`The officer could not ${what} (${page.status}): ${page.text.slice(0, 500)}`);
}
