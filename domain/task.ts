/** What the ISU may be asked to settle: the question, why it is asked, and what each answer does. */
export const TASKS = {
  planNotApproved: {
    title: 'The plan of letters was not approved',
    why: 'None of its letters leaves, and letters of an earlier version that it would change wait. Change what was asked for, then ask again; or end here, and what was approved before goes on.',
  },
  approvalOverdue: {
    title: 'An approval is overdue',
    why: 'Not every approver has decided by the date. Nothing leaves meanwhile; ask them, or let it lapse.',
  },
  textNotApproved: {
    title: 'The new text of a letter was not approved',
    why: 'The letter stays as it was. Change the text at its page, which asks the Coordinators anew; or ask again for the same text, or end here.',
  },
  notApproved: {
    title: 'A letter no longer is what was approved',
    why: 'Its text or recipient is not, or not yet, what the Coordinators approved, so it was not sent. Ask them for a new version of the plan at the page of the cycle.',
  },
  letterRefused: {
    title: 'A letter was refused by the recipient’s mail server',
    why: 'It did not arrive. Check the address in the contact register.',
  },
  letterUnknown: {
    title: 'It is not known whether a letter arrived',
    why: 'The connection broke at the moment it was handed over. It is not sent again by itself. Ask the mission, or look for a copy.',
  },
  letterUndelivered: {
    title: 'A letter could not be handed over for three days',
    why: 'The mail server was away or kept asking us to come later. It has not been sent.',
  },
  noReceipt: {
    title: 'A report was received without a letter of receipt',
    why: 'It came after its case was closed, or as it was closed. It is kept with the case. Thank the State Party from the office’s own mailbox.',
  },
  decisionNotTaken: {
    title: 'A decision did not count',
    why: 'It was recorded, but the approval had ended when it reached its case. It stands in the timeline and nothing follows from it. Tell the Coordinator.',
  },
} as const;

export type TaskKind = keyof typeof TASKS;

/** What a button says; the consequence stands in the button. */
export const ANSWERS: Record<string, string> = {
  askAgain: 'Ask the Coordinators again',
  end: 'End here: no letter of this version is sent',
  keepText: 'End here: the letter stays as it was',
  arrived: 'It has arrived: count it as sent',
  sendAgain: 'Send the same letter again',
  leave: 'Leave it: it is not sent',
  noted: 'Noted',
  done: 'Done',
};
