import type { Addressed, ShownDecision, ShownLetter } from '../../../adapters/approval-page.ts';
import type { AskedWording } from '../../../adapters/asked-wording.ts';
import type { DecisionLink } from '../../../adapters/decision-link.ts';
import type { Difference } from '../../../adapters/plan-differences.ts';
import type { Language } from '../../../domain/treaty.ts';
import type { FieldError } from '../parts.tsx';

/** What a person chose and wrote, and what they had before them when they did. */
export type Typed = { choice: string; comment: string };
export type Seen = { contentHash: string; version: number; revision: number };

/** All that the page that asks for a decision shows. */
export type Review = {
  link: DecisionLink;
  language: Language;
  proof: string;
  sendAt: string;
  addressed: Addressed;
  examples: ShownLetter[];
  differences: Difference[];
  /** Of a letter's text: what is asked in each language; else nothing. */
  wordings: AskedWording[];
  decisions: ShownDecision[];
  /** What was decided on the version before. */
  before: ShownDecision[];
  undecided: { personId: string; name: string }[];
  /** All letters to one State Party, when its reader asked for them. */
  chosen: { stateParty: string; letters: ShownLetter[] } | null;
  stateName: (iso3: string) => string;
  errors: readonly FieldError[];
  typed: Typed;
};
