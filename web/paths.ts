/** Every address of the site, for routes (`:name`, `*`) and for links alike. */
export const patterns = {
  assets: '/assets/:name',
  signIn: '/sign-in',
  signInSent: '/sign-in/sent',
  session: '/s/:token',
  signOut: '/sign-out',
  decide: '/a/:token',
  review: '/a/:selector/review',
  decision: '/a/:selector/decision',
  decided: '/a/:selector/decided',
  disown: '/a/:selector/not-me',
  newLink: '/a/:selector/new-link',
  upload: '/u/:token',
  report: '/u/:selector/report',
  receipt: '/u/:selector/receipt/:submissionId',
  board: '/',
  cases: '/cases/*',
  calendar: '/calendar',
  tasks: '/tasks',
  cycles: '/cycles',
} as const;

type Selector = { selector: string };

/** Case ids hold slashes (`ccm/2027/report-intake/LAO`); they stay as they are in the address. */
export const paths = {
  signIn: () => patterns.signIn,
  signInSent: () => patterns.signInSent,
  session: (token: string) => `/s/${token}`,
  signOut: () => patterns.signOut,
  decide: (token: string) => `/a/${token}`,
  review: ({ selector }: Selector) => `/a/${selector}/review`,
  decision: ({ selector }: Selector) => `/a/${selector}/decision`,
  decided: ({ selector }: Selector) => `/a/${selector}/decided`,
  disown: ({ selector }: Selector) => `/a/${selector}/not-me`,
  newLink: ({ selector }: Selector) => `/a/${selector}/new-link`,
  upload: (token: string) => `/u/${token}`,
  report: ({ selector }: Selector) => `/u/${selector}/report`,
  receipt: ({ selector, submissionId }: Selector & { submissionId: string }) =>
    `/u/${selector}/receipt/${submissionId}`,
  board: () => patterns.board,
  case: (caseId: string) => `/cases/${caseId}`,
  calendar: () => patterns.calendar,
  tasks: () => patterns.tasks,
  cycles: () => patterns.cycles,
} as const;
