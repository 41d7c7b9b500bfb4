import { CHOICE_WORDS, OUTCOME_WORDS } from '../../domain/approval-words.ts';
import { dateAt, longMoment } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import { type Proof, type ProvenApproval, type Told, toldIn } from '../../domain/proof.ts';
import type { Treaty } from '../../domain/treaty.ts';
import {
  letterSection,
  lettersSection,
  MOST_LETTERS,
  type Of,
  pairs,
  type Section,
  sendingSection,
} from './letters.ts';

/** What the sheet says, in its order; the press sets it as it is. */
export type SheetContent = { title: string; office: string; madeOn: string; lead: string[]; sections: Section[] };

export function sheetContent({ proof, treaty }: { proof: Proof; treaty: Treaty }): SheetContent {
  const zone = treaty.policy.treatyTimeZone;
  const moment = (at: string) => longMoment(Date.parse(at), 'en', zone);
  const nameOf = (id: string) => proof.people.find((person) => person.id === id)?.name ?? id;
  const [letter] = proof.letters;
  const isLetter = proof.about.kind === 'letter' && letter;
  const of = { proof, moment, nameOf };
  return {
    title: `Evidence sheet: ${isLetter ? `${letter.purpose} ${letter.occurrence}` : (proof.approvals[0]?.title ?? '')}`,
    office: treaty.office.name.en,
    madeOn: dateAt(Date.parse(proof.madeAt), zone),
    lead: lead(of),
    sections: [
      ...(isLetter ? [letterSection(letter, moment), sendingSection(letter, moment)] : []),
      ...proof.approvals.flatMap((approval) => [approvalSection(approval, of), decisionSection(approval, of)]),
      ...(isLetter ? [] : [lettersSection(proof.letters, moment)]),
      chainSection(of),
    ],
  };
}

function lead({ proof, moment }: Of): string[] {
  return [
    `Printed on ${moment(proof.madeAt)}. All times are of Geneva unless they say otherwise. A fingerprint is the SHA-256 of the bytes or the text it is of: whoever has the bytes can compute it again.`,
    `To check all of this without us: focalpoint export proof --${proof.about.kind} ${proof.about.id ?? ''} and focalpoint verify.`,
  ];
}

function approvalSection(approval: ProvenApproval, { moment, nameOf }: Of): Section {
  const { caseId, title, version, state, contentHash, openedAt, closedAt, holdMinutes, askedById, itemHashes } =
    approval;
  return pairs('The approval', [
    ['What', `${title}, version ${version}`],
    ['Case', referenceOf(caseId)],
    ['Asked by', askedById ? nameOf(askedById) : 'the secretariat'],
    ['Asked of', approval.approvers.map(nameOf).join(', ')],
    ['Opened', moment(openedAt)],
    ['Outcome', state === 'open' ? 'open' : `${OUTCOME_WORDS.en[state]}${closedAt ? `, ${moment(closedAt)}` : ''}`],
    ['Nothing left before', `${holdMinutes} minutes after the outcome`],
    ['Letters it is about', String(itemHashes.length)],
    ['Fingerprint of all of it', contentHash],
  ]);
}

function decisionSection({ decisions, contentHash }: ProvenApproval, { moment, nameOf }: Of): Section {
  const rows = decisions.map(({ personId, choice, comment, door, at, contentHash: of }) => [
    nameOf(personId),
    `${CHOICE_WORDS.en[choice]}${comment ? `: ${comment}` : ''}`,
    moment(at),
    door,
    of === contentHash ? 'this content' : 'other content',
  ]);
  const note = rows.length === 0 ? 'Nobody has decided yet.' : null;
  const columns = ['Who', 'Decision', 'When', 'By which door', 'For'];
  return { title: 'Decisions', note, columns, widths: [2, 3, 3, 2, 2], rows };
}

/** Where the acts stand in the chain that holds everything that was done, and its head when this was printed. */
function chainSection({ proof, moment, nameOf }: Of): Section {
  const head = proof.chain.at(-1);
  const rows = proof.chain.flatMap(({ seq, hash, body }) => (body === null ? [] : [row(seq, hash, toldIn(body))]));
  function row(seq: number, hash: string, { at, act, actor, door }: Told): string[] {
    const by = actor === 'engine' ? 'the workflow' : nameOf(actor);
    return [String(seq), `${act}, ${by} (${door})`, moment(at), hash];
  }
  const shown = rows.length > MOST_LETTERS ? [...rows.slice(0, 5), ...rows.slice(-10)] : rows;
  const note = head
    ? `Every act is an entry of one chain; each entry’s hash covers the one before. At printing the last entry was ${head.seq}, with the hash ${head.hash}.${shown.length < rows.length ? ` Of ${rows.length} entries the first 5 and the last 10 are shown.` : ''}`
    : 'Nothing has been recorded yet.';
  return {
    title: 'In the chain of the timeline',
    note,
    columns: ['Entry', 'Act', 'When', 'Hash'],
    widths: [1, 4, 3, 5],
    rows: shown,
  };
}
