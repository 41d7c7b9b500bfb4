/** Why the door says no: one code, one sentence. Every code is tested by name. */
export const REFUSALS = {
  unknownLink: { status: 404, sentence: 'This link is not one of ours, or was not copied whole.' },
  expiredLink: { status: 410, sentence: 'This link has expired.' },
  revokedLink: { status: 410, sentence: 'This link has been replaced or withdrawn.' },
  replacedVersion: { status: 409, sentence: 'A newer version has replaced the one this link was for.' },
  otherContent: { status: 409, sentence: 'What you saw is not what is asked now. Nothing was recorded.' },
  alreadyClosed: { status: 409, sentence: 'This approval has ended. Nothing more is needed.' },
  changedMeanwhile: { status: 409, sentence: 'You have decided on another page meanwhile. Nothing was changed here.' },
  notYours: { status: 403, sentence: 'You are not asked to decide this.' },
  ownDraft: { status: 403, sentence: 'Who asked for an approval does not give it.' },
  noChoice: { status: 422, sentence: 'Choose one of the answers.' },
  commentNeeded: { status: 422, sentence: 'Say what should change, or why you refuse.' },
  commentTooLong: { status: 422, sentence: 'The comment is too long: at most 5,000 characters.' },
  notAllowed: { status: 403, sentence: 'Your role does not allow this.' },
  staleForm: {
    status: 403,
    sentence: 'This form was open too long or did not come from our page. Nothing was changed.',
  },
  noSuchCase: { status: 404, sentence: 'There is no such case.' },
  caseClosed: { status: 409, sentence: 'This case is closed.' },
  mailFiled: { status: 409, sentence: 'This mail has been filed already.' },
  taskDone: { status: 409, sentence: 'This task has been settled already.' },
  cycleOpen: { status: 409, sentence: 'This cycle has been opened already.' },
  textChanged: {
    status: 409,
    sentence: 'The text of this letter has been changed by somebody else meanwhile. Nothing was asked.',
  },
  fileMissing: { status: 422, sentence: 'Choose a file.' },
  fileEmpty: { status: 422, sentence: 'The file is empty.' },
  fileTooBig: { status: 413, sentence: 'The file is larger than can be received here.' },
  fileWrongType: { status: 415, sentence: 'Only PDF and Word (DOCX) files can be received here.' },
  fileCutOff: { status: 422, sentence: 'The file did not arrive whole.' },
  fileNotWhatItSays: { status: 415, sentence: 'The content of the file does not fit its name.' },
  fileUnreadable: { status: 422, sentence: 'The file could not be examined.' },
  fileLocked: { status: 422, sentence: 'The file is locked with a password. Send it without one.' },
  fileUnsafe: { status: 415, sentence: 'The file holds macros or parts that a report does not need.' },
  fileInfected: { status: 415, sentence: 'The virus check found something in the file.' },
  fileUnchecked: { status: 503, sentence: 'The file could not be checked for viruses now.' },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown at a door (web, mail, command line) when a request is refused; the sentence is for the person. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: RefusalCode;
  readonly status: number;
  constructor(code: RefusalCode) {
    super(REFUSALS[code].sentence);
    this.code = code;
    this.status = REFUSALS[code].status;
  }
}
