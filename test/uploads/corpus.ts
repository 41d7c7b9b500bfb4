import type { Caution } from '../../domain/file-cautions.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { HOSTILE_DOCX } from './corpus-docx.ts';
import { HOSTILE_NAMES } from './corpus-names.ts';
import { HOSTILE_PDF } from './corpus-pdf.ts';

/**
 * A file as somebody might send it, made anew each time and never kept. `verdict`: why it is turned away, or the cautions
 * it is kept with; `keptAs`: under which name, where that is another one.
 */
export type Hostile = {
  what: string;
  fileName: string;
  bytes: () => Buffer;
  verdict: RefusalCode | Caution[];
  keptAs?: string;
};

export const CORPUS: Hostile[] = [...HOSTILE_NAMES, ...HOSTILE_DOCX, ...HOSTILE_PDF];
