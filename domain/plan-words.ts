import { instantOf, longDate, longMoment, plainDate } from './calendar.ts';
import type { Purpose } from './cycle.ts';
import { asSentence, COLON, joinNames } from './letter-text.ts';
import type { PlanChange, PlanSummary } from './plan.ts';
import type { Language } from './treaty.ts';

/** The same plan in the words of its readers: what leaves, to how many, in which languages, and when. */

const NUMBER: Record<Language, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB'),
  fr: new Intl.NumberFormat('fr-FR'),
  es: new Intl.NumberFormat('es-ES'),
};

const LANGUAGE_NAMES: Record<Language, Record<Language, string>> = {
  en: { en: 'English', fr: 'French', es: 'Spanish' },
  fr: { en: 'anglais', fr: 'français', es: 'espagnol' },
  es: { en: 'inglés', fr: 'francés', es: 'español' },
};

const PURPOSES: Record<Language, Record<Purpose, string>> = {
  en: { invitation: 'Invitation', reminder: 'Reminder', overdue: 'Reminder after the date', receipt: 'Receipt' },
  fr: {
    invitation: 'Invitation',
    reminder: 'Rappel',
    overdue: 'Rappel après l’échéance',
    receipt: 'Accusé de réception',
  },
  es: {
    invitation: 'Invitación',
    reminder: 'Recordatorio',
    overdue: 'Recordatorio tras la fecha',
    receipt: 'Acuse de recibo',
  },
};

const ON_RECEIPT: Record<Language, string> = {
  en: 'whenever a report arrives',
  fr: 'à l’arrivée de chaque rapport',
  es: 'cuando llegue cada informe',
};

const INITIAL: Record<Language, string> = {
  en: ' (initial report)',
  fr: ' (rapport initial)',
  es: ' (informe inicial)',
};

const LETTERS: Record<Language, { one: string; many: string }> = {
  en: { one: 'letter', many: 'letters' },
  fr: { one: 'lettre', many: 'lettres' },
  es: { one: 'carta', many: 'cartas' },
};

/** "1 letter", "1,231 letters". */
export function lettersCounted(count: number, language: Language): string {
  const { one, many } = LETTERS[language];
  return `${numberIn(count, language)} ${count === 1 ? one : many}`;
}

/** "1,231", as the language writes it. */
export function numberIn(count: number, language: Language): string {
  return NUMBER[language].format(count);
}

/** How many letters leave on a date of their own. Receipts, which follow each report, are not counted. */
export function datedLetters({ letters }: Pick<PlanSummary, 'letters'>): number {
  return letters.reduce((sum, row) => sum + (row.on === null ? 0 : row.count), 0);
}

/** "Up to 1,231 letters to 112 States Parties become ready to leave, and a receipt for each report. The first …". */
export function whatHappens({
  summary,
  language,
  sendAt,
  timeZone,
}: {
  summary: PlanSummary;
  language: Language;
  sendAt: string;
  timeZone: string;
}): string {
  const first = summary.letters.find((row) => row.on !== null);
  if (!first) return NO_DATED_LETTER[language];
  const all = lettersCounted(datedLetters(summary), language);
  const when = longMoment(instantOf(first.on!, sendAt, timeZone), language, timeZone);
  const count = numberIn(first.count, language);
  const isOne = first.count === 1;
  const { states } = summary;
  return {
    en: `Up to ${all} to ${states} States Parties become ready to leave, and a receipt for each report. The letters to a State Party stop as soon as its report is there. ${isOne ? 'The first leaves' : `The first ${count} leave`} on ${when}.`,
    fr: `Seront prêts à partir\u00A0: jusqu’à ${all} à ${states} États parties, et un accusé de réception pour chaque rapport. Les lettres à un État partie cessent dès que son rapport est arrivé. ${isOne ? 'La première partira' : `Les ${count} premières partiront`} le ${when}.`,
    es: `Quedarán listos para su envío hasta ${all} a ${states} Estados partes y un acuse de recibo por cada informe. Las cartas a un Estado parte cesan en cuanto llega su informe. ${isOne ? 'La primera saldrá' : `Las ${count} primeras saldrán`} el ${when}.`,
  }[language];
}

const NO_DATED_LETTER: Record<Language, string> = {
  en: 'No letter has a date of its own; a receipt leaves for each report.',
  fr: 'Aucune lettre n’a de date propre\u00A0; un accusé de réception part pour chaque rapport.',
  es: 'Ninguna carta tiene fecha propia; sale un acuse de recibo por cada informe.',
};

/** One line for each kind of letter and day: "Reminder, Friday 28 January 2028: 112". */
export function planLines(summary: PlanSummary, language: Language): string[] {
  const lines = summary.letters.map(({ purpose, kind, on, count }) => {
    const what = PURPOSES[language][purpose] + (kind === 'initial' ? INITIAL[language] : '');
    const number = on ? COLON[language] + numberIn(count, language) : '';
    return `${what}, ${on ? longDate(on, language) : ON_RECEIPT[language]}${number}`;
  });
  return [...lines, languagesLine(summary, language)];
}

function languagesLine({ languages }: PlanSummary, language: Language): string {
  const parts = Object.entries(languages).map(
    ([code, count]) => `${LANGUAGE_NAMES[language][code as Language]} (${count})`,
  );
  return { en: 'Languages', fr: 'Langues', es: 'Idiomas' }[language] + COLON[language] + joinNames(parts, language);
}

/** What changed since the version it is compared with, or null for a first one. */
export function changeLine({ change, dates }: PlanSummary, language: Language): string | null {
  if (!change) return null;
  const { reason } = change;
  const why = { en: 'Reason given', fr: 'Motif indiqué', es: 'Motivo indicado' }[language] + COLON[language];
  const [due, cutOff] = [plainDate(dates.deadlineOn, language), plainDate(dates.cutOffOn, language)];
  const days = {
    en: `Reports are now due on ${due}; the data is frozen for the analysis on ${cutOff}.`,
    fr: `Les rapports sont désormais attendus pour le ${due}\u00A0; les données sont arrêtées pour l’analyse le ${cutOff}.`,
    es: `Los informes deben presentarse ahora a más tardar el ${due}; los datos se cierran para el análisis el ${cutOff}.`,
  }[language];
  const sent = {
    en: 'What has been sent stays as it was.',
    fr: 'Ce qui est parti reste inchangé.',
    es: 'Lo enviado queda como estaba.',
  }[language];
  return [...(reason ? [why + asSentence(reason), days] : []), differing(change, language), sent].join(' ');
}

const DIFFERENT: Record<Language, { none: string; some: string }> = {
  en: { none: 'No letter differs from version', some: 'Letters that differ from version' },
  fr: { none: 'Aucune lettre ne diffère de la version', some: 'Lettres qui diffèrent de la version' },
  es: { none: 'Ninguna carta difiere de la versión', some: 'Cartas que difieren de la versión' },
};

/** What has become of so many letters; `s` is the ending of the plural. */
const CHANGES: Record<Language, Record<keyof PlanChange, (s: string) => string>> = {
  en: {
    moved: () => 'moved to another day',
    reworded: () => 'on the same day with the new deadline',
    added: () => 'added',
    removed: () => 'left out',
  },
  fr: {
    moved: (s) => `déplacée${s} à un autre jour`,
    reworded: () => 'au même jour avec la nouvelle échéance',
    added: (s) => `ajoutée${s}`,
    removed: (s) => `supprimée${s}`,
  },
  es: {
    moved: (s) => `trasladada${s} a otro día`,
    reworded: () => 'el mismo día con el nuevo plazo',
    added: (s) => `añadida${s}`,
    removed: (s) => `suprimida${s}`,
  },
};

/** "Letters that differ from version 1: 15 moved to another day, 3 left out." What there is none of is not said. */
function differing(change: NonNullable<PlanSummary['change']>, language: Language): string {
  const kinds = (['moved', 'reworded', 'added', 'removed'] as const).filter((kind) => change[kind] > 0);
  const parts = kinds.map((kind) => {
    const count = change[kind];
    return `${numberIn(count, language)} ${CHANGES[language][kind](count === 1 ? '' : 's')}`;
  });
  const { none, some } = DIFFERENT[language];
  if (parts.length === 0) return `${none} ${change.since}.`;
  return `${some} ${change.since}${COLON[language]}${parts.join(', ')}.`;
}
