/**
 * Why a person should look at a received file with care before anything else is done with it: one code, one sentence.
 * Such a file is kept as it came; these are no reasons to turn it away.
 */
export const CAUTIONS = {
  unread: 'It could not be looked into within our limits.',
  encrypted: 'It is encrypted, so nothing in it could be looked at.',
  script: 'It holds a script.',
  actsByItself: 'It can start a program, send something or open an address by itself.',
  filesInside: 'It holds other files.',
  fillableForm: 'It is a form (XFA) that many programs show empty.',
  manyPages: 'It has more than 500 pages.',
  pointsElsewhere: 'It shows pictures from elsewhere or leads to unusual addresses.',
} as const;

export type Caution = keyof typeof CAUTIONS;
