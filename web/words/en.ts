import { REFUSALS, type RefusalCode } from '../../domain/refusals.ts';

export const en = {
  site: {
    ownName: 'English',
    skip: 'Skip to main content',
    menu: 'Menu',
    languages: 'Languages',
    signOut: 'Sign out',
    problem: 'There is a problem',
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
    typed: 'What you had written',
    notFound: 'This page does not exist',
    notFoundWhy:
      'If you copied the address, check that it is complete. If you followed a link in an email, open it from the email again.',
    trouble: 'Something went wrong on our side',
    troubleSafe: 'Nothing that was recorded before is lost. What you just sent may not have been recorded.',
    troubleDo: (reference: string) =>
      `Wait a minute, then go back and look whether it is there; if not, send it again. If this goes on, write to the ISU and quote ${reference}.`,
  },
};

export type Words = typeof en;
