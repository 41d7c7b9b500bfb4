import type { WordingWords } from './en-wording.ts';

export const wording: WordingWords = {
  wording: {
    question: (name) => `¿Aprueba el nuevo texto de la carta «${name}»?`,
    hints: {
      approve: 'La carta se redacta con estas palabras en cuanto se hayan dado todas las aprobaciones necesarias.',
      requestChanges:
        'Esta versión termina. La Dependencia de Apoyo a la Aplicación cambia el texto y vuelve a preguntar.',
      refuse: 'Esta versión termina y la carta queda como estaba.',
      abstain: 'Deja la decisión a los demás.',
    },
    will: {
      approve: (name) => `Usted aprueba. La carta «${name}» se redacta desde entonces con estas palabras.`,
      requestChanges: 'Usted solicita cambios. Esta versión termina y la carta queda como estaba.',
      refuse: 'Usted rechaza. Esta versión termina y la carta queda como estaba.',
      abstain: 'Usted se abstiene y deja la decisión a los demás.',
    },
    others: (names) => `Nada cambia sin la aprobación también de ${names}.`,
    silence: 'Sin decisión, la carta queda como estaba. El silencio nunca equivale a una aprobación.',
    changed: 'Lo que cambia en el texto',
    marks:
      'Lo que se quita aparece tachado y lo nuevo, subrayado. Las palabras entre llaves dobles se completan al redactar cada carta.',
    unchanged: 'El texto en este idioma queda como está.',
    sample: 'La carta tal como se leerá, con valores ficticios',
    removed: 'se quita',
    added: 'nuevo',
  },
};
