import type { ApprovalState, Choice } from './approval.ts';
import { plainDate } from './calendar.ts';
import { asSentence, COLON } from './letter-text.ts';
import type { Language } from './treaty.ts';

/** The head of a mail about an approval: "[CCM plan/2028 v2] Decide by 12 November: …". */
export function approvalSubject({
  kind,
  label,
  about,
  version,
  dueOn,
  short,
  language,
  outcome,
}: {
  kind: 'request' | 'reminder' | 'outcome' | 'receipt';
  /** `plan/2028`. */
  label: string;
  about: string;
  version: number;
  dueOn: string;
  short: string;
  language: Language;
  outcome?: string;
}): string {
  const by = plainDate(dueOn, language).replace(/ (de )?\d{4}$/, '');
  const lead = {
    request: {
      en: `Decide by ${by}`,
      fr: `Décision attendue au plus tard le ${by}`,
      es: `Decidir a más tardar el ${by}`,
    },
    reminder: {
      en: `Reminder, decide by ${by}`,
      fr: `Rappel, décision attendue au plus tard le ${by}`,
      es: `Recordatorio, decidir a más tardar el ${by}`,
    },
    outcome: { en: outcome ?? '', fr: outcome ?? '', es: outcome ?? '' },
    receipt: { en: 'Your decision', fr: 'Votre décision', es: 'Su decisión' },
  }[kind][language];
  return `[${short} ${label} v${version}] ${capital(lead)}${COLON[language]}${about}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What somebody decided, after a colon. */
export const CHOICE_WORDS: Record<Language, Record<Choice, string>> = {
  en: { approve: 'approved', requestChanges: 'changes requested', refuse: 'refused', abstain: 'abstained' },
  fr: {
    approve: 'approbation',
    requestChanges: 'demande de modifications',
    refuse: 'refus',
    abstain: 'abstention',
  },
  es: {
    approve: 'aprobación',
    requestChanges: 'solicitud de cambios',
    refuse: 'rechazo',
    abstain: 'abstención',
  },
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

type Outcome = {
  state: ApprovalState;
  version: number;
  /** What the approval leads to. */
  happens: string;
  /** The reason given for dates that moved while it was being decided; null when they did not. */
  movedBecause: string | null;
};

/** What an outcome leads to, for those who decided. */
export function afterOutcome({ state, version, happens, movedBecause }: Outcome, language: Language): string {
  if (state === 'approved') return happens;
  if (state === 'withdrawn') return afterWithdrawal({ version, movedBecause, language });
  return NOTHING_LEAVES[language];
}

const NOTHING_LEAVES: Record<Language, string> = {
  en: 'No letter of this version leaves. The Implementation Support Unit has been told and will come back to you.',
  fr: 'Aucune lettre de cette version ne part. L’Unité d’appui à l’application en est informée et reviendra vers vous.',
  es: 'No sale ninguna carta de esta versión. La Dependencia de Apoyo a la Aplicación ha sido informada y se pondrá en contacto con usted.',
};

/** Dates moved, or a last word came that leaves an approval missing: either way the next version asks again. */
function afterWithdrawal({
  version,
  movedBecause,
  language,
}: Pick<Outcome, 'version' | 'movedBecause'> & { language: Language }): string {
  const next = version + 1;
  if (movedBecause === null) {
    return {
      en: `A decision was changed at the last moment, so an approval is missing. No letter of version ${version} leaves. Version ${next} asks again, in a message of its own.`,
      fr: `Une décision a été modifiée au dernier moment\u00A0; il manque donc une approbation. Aucune lettre de la version ${version} ne part. La version ${next} pose à nouveau la question, dans un message distinct.`,
      es: `Una decisión se modificó en el último momento, de modo que falta una aprobación. No sale ninguna carta de la versión ${version}. La versión ${next} vuelve a plantear la cuestión en un mensaje aparte.`,
    }[language];
  }
  const reason = asSentence(movedBecause);
  return {
    en: `The dates of the cycle were moved while this was being decided. Reason given: ${reason} No letter of version ${version} leaves. Version ${next}, with the new dates, follows in a message of its own; that is the one to decide.`,
    fr: `Les dates du cycle ont été déplacées pendant que cette version était examinée. Motif indiqué\u00A0: ${reason} Aucune lettre de la version ${version} ne part. La version ${next}, avec les nouvelles dates, suit dans un message distinct\u00A0; c’est sur elle qu’il faudra décider.`,
    es: `Las fechas del ciclo se trasladaron mientras se examinaba esta versión. Motivo indicado: ${reason} No sale ninguna carta de la versión ${version}. La versión ${next}, con las nuevas fechas, sigue en un mensaje aparte; es la que habrá que decidir.`,
  }[language];
}

/** Who made an outcome: of an approval those who approved, of a refusal those who refused; of silence nobody. */
export function isMadeBy(state: ApprovalState, choice: Choice): boolean {
  return MADE_BY[state] === choice;
}

const MADE_BY: Partial<Record<ApprovalState, Choice>> = {
  approved: 'approve',
  refused: 'refuse',
  changesRequested: 'requestChanges',
};
