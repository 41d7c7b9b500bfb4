import type { ApprovalState } from './approval.ts';
import type { Piece, TextSummary } from './letter-change.ts';
import { asSentence, COLON } from './letter-text.ts';
import { LANGUAGES, type Language } from './treaty.ts';

/** "text of the letter “Invitation to report”". */
export function textTitle({ name }: Pick<TextSummary, 'name'>, language: Language): string {
  return {
    en: `text of the letter “${name.en}”`,
    fr: `texte de la lettre «\u00A0${name.fr}\u00A0»`,
    es: `texto de la carta «${name.es}»`,
  }[language];
}

/** What follows once the text is approved. */
export function whatTextBecomes({ name }: Pick<TextSummary, 'name'>, language: Language): string {
  return {
    en: `The letter “${name.en}” is written in these words from then on, in English, French and Spanish. What was approved before keeps the words it was approved in. Nothing is sent by this alone.`,
    fr: `La lettre «\u00A0${name.fr}\u00A0» est désormais rédigée en ces termes, en anglais, en français et en espagnol. Ce qui a été approuvé auparavant garde les termes approuvés. Cette approbation n’entraîne par elle-même aucun envoi.`,
    es: `La carta «${name.es}» se redacta desde entonces con estas palabras, en inglés, francés y español. Lo aprobado antes conserva las palabras con que se aprobó. Esta aprobación no supone por sí misma ningún envío.`,
  }[language];
}

const CHANGED: Record<Language, { yes: string; no: string }> = {
  en: { yes: 'changed', no: 'unchanged' },
  fr: { yes: 'modifié', no: 'inchangé' },
  es: { yes: 'modificado', no: 'sin cambios' },
};

const OWN_NAMES: Record<Language, Record<Language, string>> = {
  en: { en: 'English', fr: 'French', es: 'Spanish' },
  fr: { en: 'Anglais', fr: 'Français', es: 'Espagnol' },
  es: { en: 'Inglés', fr: 'Francés', es: 'Español' },
};

/** One line for each language, and the reason given. */
export function textLines({ versions, before, note }: TextSummary, language: Language): string[] {
  const why = { en: 'Reason given', fr: 'Motif indiqué', es: 'Motivo indicado' }[language];
  const { yes, no } = CHANGED[language];
  return [
    ...LANGUAGES.map(
      (each) => OWN_NAMES[language][each] + COLON[language] + (versions[each] === before[each] ? no : yes),
    ),
    why + COLON[language] + asSentence(note),
  ];
}

/** Where the difference is to be read. */
export function whereTextDiffers(language: Language): string {
  return {
    en: 'What is taken out of the text in force stands in the attachment as [-…-], what is new as {+…+}; the page behind the link marks both.',
    fr: 'Ce qui est retiré du texte en vigueur figure dans la pièce jointe sous la forme [-…-], ce qui est nouveau sous la forme {+…+}\u00A0; la page derrière le lien signale les deux.',
    es: 'Lo que se quita del texto vigente figura en el anexo como [-…-] y lo nuevo como {+…+}; la página a la que lleva el enlace señala ambos.',
  }[language];
}

/** A difference in plain text. */
export function markedChanges(pieces: readonly Piece[]): string {
  const mark = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const;
  return pieces.map(({ kind, text }) => mark[kind][0] + text + mark[kind][1]).join('');
}

/** What an outcome leads to, for those who decided. */
export function afterText(
  { state, version, happens }: { state: ApprovalState; version: number; happens: string },
  language: Language,
): string {
  if (state === 'approved') return happens;
  const stays = {
    en: 'The letter stays as it was.',
    fr: 'La lettre reste inchangée.',
    es: 'La carta queda como estaba.',
  }[language];
  const next = {
    en: `Its text was changed again; version ${version + 1} asks anew, in a message of its own.`,
    fr: `Son texte a encore été modifié\u00A0; la version ${version + 1} pose à nouveau la question, dans un message distinct.`,
    es: `Su texto se volvió a modificar; la versión ${version + 1} vuelve a plantear la cuestión en un mensaje aparte.`,
  }[language];
  const told = {
    en: 'The Implementation Support Unit has been told and will come back to you.',
    fr: 'L’Unité d’appui à l’application en est informée et reviendra vers vous.',
    es: 'La Dependencia de Apoyo a la Aplicación ha sido informada y se pondrá en contacto con usted.',
  }[language];
  return `${stays} ${state === 'withdrawn' || state === 'superseded' ? next : told}`;
}
