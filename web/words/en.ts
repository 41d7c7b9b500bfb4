import { REFUSALS, type RefusalCode } from '../../domain/refusals.ts';
import { approval } from './en-approval.ts';
import { wording } from './en-wording.ts';

export const en = {
  site: {
    ownName: 'English',
    names: { en: 'English', fr: 'French', es: 'Spanish' },
    skip: 'Skip to main content',
    menu: 'Menu',
    languages: 'Languages',
    signOut: 'Sign out',
    problem: 'There is a problem',
    error: 'Error: ',
    pages: 'Pages',
    previous: 'Previous',
    next: 'Next',
  },
  refused: {
    codes: Object.fromEntries(Object.entries(REFUSALS).map(([code, { sentence }]) => [code, sentence])) as Record<
      RefusalCode,
      string
    >,
    nothingChanged: 'Nothing was changed. Go back and try again, or open the link in your email again.',
    linkAgain:
      'Open the link from the email again, or copy all of it: an address that runs over two lines is easily cut. A page left open for more than an hour also has to be opened again from the email.',
    whomToAsk: 'If it still does not work, write to',
    typed: 'What you had written',
    notFound: 'This page does not exist',
    notFoundWhy:
      'If you copied the address, check that it is complete. If you followed a link in an email, open it from the email again.',
    tooMany: 'Too many attempts',
    tooManyWhy: 'Please wait a minute, then open the link from your email again.',
    tooLong: 'This form is too long',
    tooLongWhy: 'Nothing was recorded. Shorten what you wrote and send it again.',
    trouble: 'Something went wrong on our side',
    troubleSafe: 'Nothing that was recorded before is lost. What you just sent may not have been recorded.',
    troubleDo: (reference: string) =>
      `Wait a minute, then go back and look whether it is there; if not, send it again. If this goes on, write to the Implementation Support Unit and quote ${reference}.`,
  },
  letters: {
    invitation: 'Invitation',
    reminder: 'Reminder',
    overdue: 'Reminder after the date',
    receipt: 'Receipt',
    initial: 'initial report',
    onArrival: 'when a report arrives',
  },
  ...approval,
  ...wording,
  upload: {
    annual: (year: number) => `Article 7 report for ${year}`,
    initial: 'Initial Article 7 report',
    title: (report: string) => `Send the ${report}`,
    state: 'State Party',
    report: 'Report',
    due: 'Due',
    closes: 'Reports are received until',
    office: (office: string) =>
      `This copy goes to the ${office}. No account is needed, and the link may be passed on to the authority that prepares the report.`,
    official: 'The official channel remains',
    officialUn: 'the United Nations Office for Disarmament Affairs,',
    late: 'The date has passed. The report is still welcome and will be received.',
    closed: (until: string) =>
      `Reports were received until the date above. Until ${until} this link still takes one: it is filed for the Implementation Support Unit and kept with the case, and no letter of receipt follows.`,
    received: (version: number, when: string) =>
      `Version ${version} was received on ${when}. A new file replaces it; the earlier one is kept.`,
    file: 'The report',
    fileHint: 'One PDF or Word file (DOCX) of at most 25 MB, without macros.',
    note: 'Note to the Implementation Support Unit',
    optional: '(optional)',
    send: 'Send the report',
    chooseAgain: 'Nothing was stored. Choose the file again.',
    tryLater: 'Nothing was stored. Try again in an hour, or reply to our letter with the report attached.',
    expired: 'This link has expired',
    expiredOn: (when: string) => `It was valid until ${when}.`,
    revoked: 'This link has been replaced',
    revokedWhy: 'A newer letter holds a newer link.',
    still: 'The report is still welcome: reply to our latest letter with the report attached, or write to',
    receipt: 'The report has been received',
    thanks: 'Thank you.',
    receivedAt: 'Received',
    fileName: 'File',
    size: 'Size',
    hash: 'Fingerprint (SHA-256)',
    reference: 'Reference',
    version: 'Version',
    yourNote: 'Your note',
    mail: 'A receipt follows by email. This page can be printed.',
    noMail:
      'It came after the last day on which reports are received: it is filed for the Implementation Support Unit, and no letter of receipt follows. This page is the receipt; it can be printed.',
    again: 'Send a newer version',
  },
  signIn: {
    title: 'Sign in',
    how: 'Enter your email address. If it is registered, you receive a link that is valid for 20 minutes. There is no password.',
    email: 'Email address',
    button: 'Mail me a link',
    badEmail: 'Enter an email address like name@mission.example',
    sent: 'Look in your mailbox',
    sentHow: 'If this address is registered, a link is on its way. It is valid for 20 minutes and works once.',
    sentNot:
      'If nothing has come after five minutes, look among unwanted mail, check the address, or ask an administrator of the Implementation Support Unit.',
    mailbox: 'Open the mailbox',
    again: 'Ask for another link',
    as: (name: string) => `Sign in as ${name}`,
    asWhy: 'The link is used up when you press the button.',
    used: 'This link has been used or has expired',
    usedWhy: 'A sign-in link works once and for 20 minutes.',
    out: 'You have signed out',
  },
};

export type Words = typeof en;
