import type { ApprovalState, Choice } from './approval.ts';
import { plainDate } from './calendar.ts';
import type { PlanSummary } from './plan.ts';
import type { Language } from './treaty.ts';

/** The head of a mail about an approval: "[CCM plan/2028 v2] Decide by 12 November: …". */
export function approvalSubject({
  kind,
  summary,
  version,
  dueOn,
  short,
  language,
  outcome,
}: {
  kind: 'request' | 'reminder' | 'outcome' | 'receipt';
  summary: PlanSummary;
  version: number;
  dueOn: string;
  short: string;
  language: Language;
  outcome?: string;
}): string {
  const year = summary.dates.year;
  const by = plainDate(dueOn, language).replace(/ (de )?\d{4}$/, '');
  const about = {
    en: `plan and letters of the year ${year}`,
    fr: `plan et lettres de l’année ${year}`,
    es: `plan y cartas del año ${year}`,
  }[language];
  const lead = {
    request: { en: `Decide by ${by}`, fr: `Décision avant le ${by}`, es: `Decidir antes del ${by}` },
    reminder: {
      en: `Reminder, decide by ${by}`,
      fr: `Rappel, décision avant le ${by}`,
      es: `Recordatorio, decidir antes del ${by}`,
    },
    outcome: { en: outcome ?? '', fr: outcome ?? '', es: outcome ?? '' },
    receipt: { en: 'Your decision', fr: 'Votre décision', es: 'Su decisión' },
  }[kind][language];
  const colon = language === 'fr' ? ' : ' : ': ';
  return `[${short} plan/${year} v${version}] ${capital(lead)}${colon}${about}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const CHOICE_WORDS: Record<Language, Record<Choice, string>> = {
  en: { approve: 'approve', requestChanges: 'request changes', refuse: 'refuse', abstain: 'abstain' },
  fr: { approve: 'approuver', requestChanges: 'demander des modifications', refuse: 'refuser', abstain: 's’abstenir' },
  es: { approve: 'aprobar', requestChanges: 'solicitar cambios', refuse: 'rechazar', abstain: 'abstenerse' },
};

export const OUTCOME_WORDS: Record<Language, Record<Exclude<ApprovalState, 'open'>, string>> = {
  en: {
    approved: 'approved',
    changesRequested: 'changes requested',
    refused: 'refused',
    lapsed: 'lapsed without a decision',
    withdrawn: 'withdrawn',
    superseded: 'replaced by a newer version',
  },
  fr: {
    approved: 'approuvé',
    changesRequested: 'modifications demandées',
    refused: 'refusé',
    lapsed: 'resté sans décision',
    withdrawn: 'retiré',
    superseded: 'remplacé par une nouvelle version',
  },
  es: {
    approved: 'aprobado',
    changesRequested: 'cambios solicitados',
    refused: 'rechazado',
    lapsed: 'sin decisión en el plazo',
    withdrawn: 'retirado',
    superseded: 'sustituido por una versión nueva',
  },
};

/** What an outcome leads to, for those who decided. */
export function afterOutcome(state: ApprovalState, happens: string, language: Language): string {
  if (state === 'approved') return happens;
  return {
    en: 'No letter of this version leaves. The Implementation Support Unit has been told and will come back to you.',
    fr: 'Aucune lettre de cette version ne part. L’Unité d’appui en est informée et reviendra vers vous.',
    es: 'No sale ninguna carta de esta versión. La Dependencia de Apoyo ha sido informada y se pondrá en contacto con usted.',
  }[language];
}
