/** One row for each case type, in the order of the terms of reference. Menu, board and the README's table derive from it. */
export type CaseType = {
  /** As in ids, references and folders of templates. */
  name: string;
  workflow: string;
  title: string;
  /** Paragraph of the terms of reference. */
  clause: string;
  opened: string;
  /** Columns of the board, in order; empty for case types that are not about one State. */
  steps: { name: string; title: string }[];
  outcomes: string[];
};

export const REGISTRY: readonly CaseType[] = [
  {
    name: 'annual-cycle',
    workflow: 'annualCycle',
    title: 'Annual cycle',
    clause: '8',
    opened: 'by an ISU admin, once a year',
    steps: [],
    outcomes: ['completed', 'closed early'],
  },
  {
    name: 'report-intake',
    workflow: 'reportIntake',
    title: 'Report intake',
    clause: '8(a)',
    opened: 'by the cycle, for each report a State Party owes',
    steps: [
      { name: 'invitation', title: 'Invitation' },
      { name: 'reminders', title: 'Reminders' },
      { name: 'report', title: 'Report' },
      { name: 'receipt', title: 'Receipt' },
    ],
    outcomes: ['on time', 'late', 'not received by the cut-off'],
  },
  {
    name: 'letter-text',
    workflow: 'letterText',
    title: 'Letter text',
    clause: 'all',
    opened: 'by an ISU admin, to change what a letter says',
    steps: [],
    outcomes: ['in force', 'not approved'],
  },
];
