import type { Caution } from '../../domain/file-cautions.ts';
import { type RefusalCode, Refused } from '../../domain/refusals.ts';
import { answerQuestions } from './answers.ts';
import { inspectDocx } from './docx.ts';
import { inspectPdf } from './pdf.ts';

/** What looking into a file led to: a refusal as a value, so that it can be told to another process. */
export type Inspection = { refused: RefusalCode } | { cautions: Caution[] };

// The program of its own in which bytes from outside are looked into; reader.ts starts and ends it.
answerQuestions({ inspectDocx: inspection(inspectDocx), inspectPdf: inspection(inspectPdf) });

function inspection(look: (bytes: Buffer) => Caution[] | Promise<Caution[]>) {
  return async (bytes: Buffer): Promise<Inspection> => {
    try {
      return { cautions: await look(bytes) };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.code };
      throw error;
    }
  };
}
