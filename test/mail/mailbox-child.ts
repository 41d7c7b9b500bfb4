import { startMailbox } from '../../embedded/mailbox.ts';

/** A mailbox in a process of its own, to be killed. */
const mailbox = await startMailbox({ folder: process.argv[2], smtpPort: 0, webPort: 0 });
console.log(mailbox.smtpUrl);
