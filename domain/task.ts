/** What the ISU may be asked to settle: the question, why it is asked, and what each answer does. */
export const TASKS = {
  planNotApproved: {
    title: 'The plan of letters was not approved',
    why: 'No letter leaves without it. Change what was asked for, then ask again; or end here.',
  },
  approvalOverdue: {
    title: 'An approval is overdue',
    why: 'Not every approver has decided by the date. Nothing leaves meanwhile; ask them, or let it lapse.',
  },
  notApproved: {
    title: 'A letter no longer is what was approved',
    why: 'Its text or recipient changed after the Coordinators approved it, so it was not sent. Ask them for a new version of the plan at the page of the cycle.',
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
} as const;

export type TaskKind = keyof typeof TASKS;

/** What a button says; the consequence stands in the button. */
export const ANSWERS: Record<string, string> = {
  askAgain: 'Ask the Coordinators again',
  end: 'End here: no letter is sent',
  arrived: 'It has arrived: count it as sent',
  sendAgain: 'Send the same letter again',
  leave: 'Leave it: it is not sent',
  noted: 'Noted',
  done: 'Done',
};
