import { askedWording } from '../adapters/asked-wording.ts';
import type { Letters } from '../adapters/letters.ts';
import type { Records } from '../adapters/records.ts';
import { referenceOf } from '../domain/case.ts';
import type { TextSummary } from '../domain/letter-change.ts';
import { markedChanges } from '../domain/letter-change-words.ts';
import { questionIn } from '../domain/question.ts';

type Asked = {
  records: Records;
  letters: Letters;
  approval: { id: string; caseId: string; subject: string; version: number; summary: unknown };
};

const RULE = '='.repeat(76);

/** What is put to the approvers, as a file, so that it can be judged from the mail alone. */
export async function askedInFull({ records, letters, approval }: Asked) {
  const question = questionIn(approval);
  const texts =
    question.subject === 'plan'
      ? await planTexts({ records, approvalId: approval.id })
      : await wordings({ records, letters, summary: question.summary });
  const fileName = `letters-${referenceOf(approval.caseId).replaceAll('/', '-')}-v${approval.version}.txt`;
  return { fileName, bytes: Buffer.from(texts.join('\n')), mediaType: 'text/plain; charset=utf-8' };
}

/** One letter of each kind and language. */
async function planTexts({ records, approvalId }: { records: Records; approvalId: string }): Promise<string[]> {
  const items = await records.approvalItem.findMany({
    where: { approvalId },
    distinct: ['template', 'language'],
    orderBy: [{ template: 'asc' }, { language: 'asc' }],
  });
  return items.map(({ subject, text, stateParty }) => `${RULE}\n${stateParty}\n${subject}\n${RULE}\n\n${text}\n`);
}

/** The text in each language, what is different from the one in force marked in it, and the letter it makes. */
async function wordings(asked: { records: Records; letters: Letters; summary: TextSummary }): Promise<string[]> {
  const { name } = asked.summary;
  return (await askedWording(asked)).map(
    ({ language, pieces, sample: { subject, text } }) =>
      `${RULE}\n${name[language]}\n${RULE}\n\n${markedChanges(pieces)}\n${RULE}\n${subject}\n${RULE}\n\n${text}\n`,
  );
}
