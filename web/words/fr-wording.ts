import type { WordingWords } from './en-wording.ts';

export const wording: WordingWords = {
  wording: {
    question: (name) => `Approuvez-vous le nouveau texte de la lettre « ${name} » ?`,
    hints: {
      approve: 'La lettre est rédigée en ces termes dès que toutes les approbations nécessaires sont données.',
      requestChanges:
        'Cette version prend fin. L’Unité d’appui à l’application modifie le texte et repose la question.',
      refuse: 'Cette version prend fin et la lettre reste inchangée.',
      abstain: 'Vous laissez les autres décider.',
    },
    will: {
      approve: (name) => `Vous approuvez. La lettre « ${name} » est désormais rédigée en ces termes.`,
      requestChanges: 'Vous demandez des modifications. Cette version prend fin et la lettre reste inchangée.',
      refuse: 'Vous refusez. Cette version prend fin et la lettre reste inchangée.',
      abstain: 'Vous vous abstenez et laissez les autres décider.',
    },
    others: (names) => `Rien ne change sans l’approbation également nécessaire d’autres personnes : ${names}.`,
    silence: 'Sans décision, la lettre reste inchangée. Le silence ne vaut jamais approbation.',
    changed: 'Ce qui change dans le texte',
    marks:
      'Ce qui est retiré est barré, ce qui est nouveau est souligné. Les mots entre doubles accolades sont remplacés au moment de la rédaction.',
    unchanged: 'Le texte dans cette langue reste inchangé.',
    sample: 'La lettre telle qu’elle se lira, avec des valeurs fictives',
    removed: 'retiré',
    added: 'nouveau',
  },
};
