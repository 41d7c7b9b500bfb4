import { instantOf, longDate, longMoment, plainDate } from './calendar.ts';
import type { Purpose } from './cycle.ts';
import { joinNames } from './letter-text.ts';
import type { PlanSummary } from './plan.ts';
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

/** How many letters leave on a date of their own. Receipts, which follow each report, are not counted. */
export function datedLetters({ letters }: PlanSummary): number {
  return letters.reduce((sum, row) => sum + (row.on === null ? 0 : row.count), 0);
}

/** "1,231 letters to 112 States Parties become ready to leave. The first 112 leave on …". */
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
  const all = NUMBER[language].format(datedLetters(summary));
  if (!first) return { en: 'No letter leaves.', fr: 'Aucune lettre ne part.', es: 'No sale ninguna carta.' }[language];
  const when = longMoment(instantOf(first.on!, sendAt, timeZone), language, timeZone);
  const { count } = first;
  return {
    en: `Up to ${all} letters to ${summary.states} States Parties become ready to leave; those to a State stop when its report is there. The first ${count} leave on ${when}.`,
    fr: `Jusqu’à ${all} lettres adressées à ${summary.states} États parties seront prêtes à partir ; celles qui s’adressent à un État cessent dès que son rapport est arrivé. Les ${count} premières partiront le ${when}.`,
    es: `Quedarán listas para su envío hasta ${all} cartas a ${summary.states} Estados partes; las dirigidas a un Estado cesan en cuanto llega su informe. Las ${count} primeras saldrán el ${when}.`,
  }[language];
}

/** One line for each kind of letter and day: "Reminder, Friday 28 January 2028: 112". */
export function planLines(summary: PlanSummary, language: Language): string[] {
  const lines = summary.letters.map(({ purpose, kind, on, count }) => {
    const what = PURPOSES[language][purpose] + (kind === 'initial' ? INITIAL[language] : '');
    return `${what}, ${on ? longDate(on, language) : ON_RECEIPT[language]}${language === 'fr' ? '\u00A0: ' : ': '}${count}`;
  });
  return [...lines, languagesLine(summary, language)];
}

function languagesLine({ languages }: PlanSummary, language: Language): string {
  const parts = Object.entries(languages).map(
    ([code, count]) => `${LANGUAGE_NAMES[language][code as Language]} (${count})`,
  );
  const lead = { en: 'Languages: ', fr: 'Langues : ', es: 'Idiomas: ' }[language];
  return lead + joinNames(parts, language);
}

/** What changed since the last approved version, or null for a first one. */
export function changeLine({ change, dates }: PlanSummary, language: Language): string | null {
  if (!change) return null;
  const { added, moved, removed, reason } = change;
  const due = plainDate(dates.deadlineOn, language);
  return {
    en: `Reason given: ${reason}. Reports are now due on ${due}. ${moved} letters move, ${added} are added, ${removed} no longer leave. What has been sent stays as it was.`,
    fr: `Motif indiqué : ${reason}. Les rapports sont désormais attendus pour le ${due}. ${moved} lettres sont déplacées, ${added} ajoutées, ${removed} supprimées. Ce qui est parti reste inchangé.`,
    es: `Motivo indicado: ${reason}. Los informes deben presentarse ahora a más tardar el ${due}. ${moved} cartas se desplazan, ${added} se añaden, ${removed} ya no salen. Lo enviado queda como estaba.`,
  }[language];
}
