/**
 * The treaty as the engine knows it: States Parties, meetings, holidays and policy, each value with the mark of how
 * sure we are of it. Read from `treaties/<id>/` and validated by `adapters/treaty.ts`.
 */

/** A calendar date without a time or a zone, `2027-04-30`. */
export type IsoDate = string;

/** The languages letters are written in (the UN secretariat writes to CCM missions in these three). */
export type Language = 'en' | 'fr' | 'es';
export const LANGUAGES: readonly Language[] = ['en', 'fr', 'es'];

/** How a value is known. Whatever is not `sourced` or `derived` shows its mark to the people who read it. */
export type Certainty = 'sourced' | 'derived' | 'recalled' | 'inferred' | 'assumed' | 'invented';

export type StateParty = {
  iso3: string;
  /** Short form in the six UN languages. */
  names: { en: string; fr: string; es: string; ru: string; zh: string; ar: string };
  /** Formal form with its article: "the Lao People's Democratic Republic". */
  formal: Record<Language, string>;
  /** Formal form after "of": "of the Lao …", "de la République …", "de la República …". */
  ofFormal: Record<Language, string>;
  formalCertainty: Record<Language, Certainty>;
  /** What people call the State in lists of their own ("Lao PDR"): read in imported files, never written. */
  otherNames: string[];
  /** The language we write in; `languageCertainty` is `inferred` for every State in the data so far. */
  language: Language;
  languageCertainty: Certainty;
  /** Further languages its reports may arrive in (ISO 639-1, may hold `ar`). */
  otherLanguages: string[];
  region: string;
  regionalGroup: string | null;
  depositedOn: IsoDate;
  inForceOn: IsoDate;
  /** 180 days after entry into force, Article 7(1). */
  initialReportDueOn: IsoDate;
  dateCertainty: Certainty;
  /** Article 4 (clearance) and Article 5 (victims) obligations; null when not known. */
  hasClearanceDuty: boolean | null;
  hasVictims: boolean | null;
  /** Its mission in Geneva is a Permanent Observer Mission. */
  observerMission?: boolean;
  source: string;
  notes: string[];
};

export type Meeting = {
  id: string;
  name: Record<Language, string>;
  startsOn: IsoDate;
  endsOn: IsoDate;
  place: string;
  certainty: Certainty;
  source: string;
};

export type Holiday = { on: IsoDate; name: string; certainty: Certainty; source: string };

export type Article7Form = { form: string; title: string; article: string; genderEntryPoint: string };

/** Month and day, `04-30`. */
export type MonthDay = string;

export type Policy = {
  treatyTimeZone: string;
  report: {
    /** The cycle of year Y opens on this day of Y−1. */
    opens: MonthDay;
    /** Invitations leave on this day of Y−1. */
    invitation: MonthDay;
    /** Annual reports for Y−1 are due on this day of Y, Article 7(2). */
    deadline: MonthDay;
    /** The cycle of Y closes on this day of Y; the door for late reports stays open until then. */
    closes: MonthDay;
    /** Days before the deadline on which a reminder leaves, largest first. */
    remindersBefore: number[];
    /** Days after the deadline on which a reminder leaves, smallest first. */
    remindersAfter: number[];
    /** Weeks before the Meeting of States Parties at which the data is frozen for the analysis. */
    cutOffWeeksBeforeMeeting: number;
    /** Hour at which planned letters leave, treaty time zone, `09:00`. */
    sendAt: string;
    initialReportDays: number;
  };
  /** Where no meeting of a year is in the calendar: assumed to start on this day, and shown as assumed. */
  assumedMeeting: { startsOn: MonthDay; days: number };
  approval: {
    /** Working days the Coordinators have to decide. */
    decideWithinWorkingDays: number;
    /** Working days before the due date on which an approver is reminded. */
    remindersBefore: number[];
    /** Working days after the due date at which the approval lapses. */
    lapsesAfterWorkingDays: number;
    /** Minutes between the approval of letters to governments and the first that may leave. */
    holdMinutes: number;
  };
  mail: { perMinute: number };
  upload: { maxBytes: number; maxFiles: number };
  certainty: Certainty;
  source: string;
};

/** The secretariat's side: who signs, who is written to when the register is still empty. */
export type Office = {
  name: Record<Language, string>;
  shortName: string;
  convention: Record<Language, string>;
  /** What a State's mission in Geneva is called, and that of a State which is an observer at the United Nations. */
  mission: Record<Language, string>;
  observerMission: Record<Language, string>;
  conventionShort: string;
};

export type SeedPerson = {
  name: string;
  email: string;
  role: 'coordinator' | 'officer' | 'admin' | 'auditor';
  /** For a Coordinator: the State it acts for. */
  actsFor: string | null;
  language: Language;
  timeZone: string;
  certainty: Certainty;
};

export type Treaty = {
  id: string;
  office: Office;
  states: StateParty[];
  meetings: Meeting[];
  holidays: Holiday[];
  forms: Article7Form[];
  policy: Policy;
  people: SeedPerson[];
};

/** The State Party with this ISO 3166 alpha-3 code. Throws when the treaty has none: codes come from its own data. */
export function stateParty(treaty: Treaty, iso3: string): StateParty {
  const state = treaty.states.find((each) => each.iso3 === iso3);
  if (!state) throw new Error(`No State Party ${iso3} in treaty ${treaty.id}`);
  return state;
}
