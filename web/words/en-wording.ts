/** The page that asks about the text of a letter, where it differs from the one about a year's letters. */
export const wording = {
  wording: {
    question: (name: string) => `Do you approve the new text of the letter “${name}”?`,
    hints: {
      approve: 'The letter is written in these words once everyone who must approve has done so.',
      requestChanges: 'This version ends. The Implementation Support Unit changes the text and asks again.',
      refuse: 'This version ends and the letter stays as it was.',
      abstain: 'You leave the decision to the others.',
    },
    will: {
      approve: (name: string) => `You approve. The letter “${name}” is written in these words from then on.`,
      requestChanges: 'You request changes. This version ends, and the letter stays as it was.',
      refuse: 'You refuse. This version ends, and the letter stays as it was.',
      abstain: 'You abstain and leave the decision to the others.',
    },
    others: (names: string) => `Nothing changes without the approval of ${names} as well.`,
    silence: 'Without a decision the letter stays as it was. Silence is never taken as approval.',
    changed: 'What changes in the text',
    marks:
      'What is taken out is struck through, what is new is underlined. Words in double braces are filled in when a letter is written.',
    unchanged: 'The text in this language stays as it is.',
    sample: 'The letter as it will read, with made-up values',
    removed: 'taken out',
    added: 'new',
  },
};

export type WordingWords = typeof wording;
