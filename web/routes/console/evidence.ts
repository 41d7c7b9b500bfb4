import type { FastifyInstance } from 'fastify';
import { createEvidenceSheets } from '../../../adapters/evidence-sheet.ts';
import { gatherProof } from '../../../adapters/proof.ts';
import type { Action } from '../../../domain/permissions.ts';
import { patterns } from '../../paths.ts';
import { type Answer, route, type Visit } from '../../route.ts';
import { idOf, notFound } from './frame.tsx';
import { sendFile } from './send-file.ts';

/** A sheet on paper for whoever asks how a letter came to be sent. */
export function evidenceRoutes(app: FastifyInstance): void {
  const sheets = createEvidenceSheets();
  const sheetOf = (kind: 'letter' | 'approval') => async (visit: Visit<Action>) => {
    const id = idOf(visit);
    const { records, letters, treaty, clock } = visit.deps;
    const proof = id ? await gatherProof({ records, letters, about: { kind, id }, now: clock.now() }) : null;
    if (!proof) return notFound(visit);
    const bytes = await sheets.print({ proof, treaty });
    return sendFile(visit.reply, { bytes, mediaType: 'application/pdf', fileName: `evidence-${kind}-${id}.pdf` });
  };
  const page = (url: string, handler: (visit: Visit<Action>) => Promise<Answer>) =>
    route(app, { method: 'GET', url, may: 'letter.read', handler });
  page(patterns.letterEvidence, sheetOf('letter'));
  page(patterns.approvalEvidence, sheetOf('approval'));
}
