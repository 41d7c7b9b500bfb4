import fc from 'fast-check';
import { CHOICES, type Choice, type GivenDecision, type Rule, tally } from '../../domain/approval.ts';

const PEOPLE = ['ana', 'moussa', 'third'];

/** `ana:approve, moussa:refuse` as decisions, in this order; a person named again has changed their mind. */
function given(text: string): GivenDecision[] {
  const decisions: GivenDecision[] = [];
  for (const [personId, choice] of text
    .split(/, ?/)
    .filter(Boolean)
    .map((each) => each.split(':') as [string, Choice])) {
    const revision = decisions.filter((each) => each.personId === personId).length + 1;
    decisions.push({ id: `${personId}${revision}`, personId, choice, revision });
  }
  return decisions;
}

const outcome = (rule: Rule, text: string, approvers = ['ana', 'moussa']) =>
  tally({ rule, approvers, decisions: given(text) });

describe('where both must approve', () => {
  it.each([
    ['', 'open'],
    ['ana:approve', 'open'],
    ['ana:approve, moussa:approve', 'approved'],
    ['ana:approve, moussa:abstain', 'approved'],
    ['ana:abstain', 'open'],
    ['ana:abstain, moussa:abstain', 'open'],
    ['ana:refuse', 'refused'],
    ['ana:approve, moussa:refuse', 'refused'],
    ['ana:requestChanges', 'changesRequested'],
    ['ana:approve, moussa:requestChanges', 'changesRequested'],
    ['ana:requestChanges, moussa:refuse', 'refused'],
    ['ana:refuse, ana:approve', 'open'],
    ['ana:refuse, ana:approve, moussa:approve', 'approved'],
    ['ana:approve, ana:refuse, moussa:approve', 'refused'],
    ['someone:approve, moussa:approve', 'open'],
    ['someone:refuse', 'open'],
  ])('"%s" is %s', (decisions, state) => {
    expect(outcome('all', decisions)).toBe(state);
  });

  it('nobody to ask is never a yes', () => {
    expect(outcome('all', '', [])).toBe('open');
    expect(outcome('all', 'ana:approve', [])).toBe('open');
  });
});

describe('where one is enough', () => {
  it.each([
    ['', 'open'],
    ['ana:approve', 'approved'],
    ['ana:abstain', 'open'],
    ['ana:abstain, moussa:approve', 'approved'],
    ['moussa:refuse', 'refused'],
    ['moussa:requestChanges', 'changesRequested'],
    ['someone:approve', 'open'],
  ])('"%s" is %s', (decisions, state) => {
    expect(outcome('any', decisions)).toBe(state);
  });
});

describe('whatever was decided', () => {
  const rules = fc.constantFrom<Rule>('all', 'any');
  const decisions = fc
    .array(fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom<Choice>(...CHOICES)), { maxLength: 8 })
    .map((all) => given(all.map(([person, choice]) => `${person}:${choice}`).join(',')));
  const shuffled = decisions.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  it('the order in which decisions reach the case does not matter', () => {
    fc.assert(
      fc.property(rules, shuffled, (rule, [one, other]) => {
        const of = (all: GivenDecision[]) => tally({ rule, approvers: PEOPLE, decisions: all });
        expect(of(other)).toBe(of(one));
      }),
    );
  });

  it('the last revision of a person counts, and only that', () => {
    fc.assert(
      fc.property(rules, decisions, (rule, all) => {
        const last = all.filter(
          (each) => !all.some((other) => other.personId === each.personId && other.revision > each.revision),
        );
        expect(tally({ rule, approvers: PEOPLE, decisions: all })).toBe(
          tally({ rule, approvers: PEOPLE, decisions: last }),
        );
      }),
    );
  });

  it('nothing is approved unless someone who was asked approves it', () => {
    fc.assert(
      fc.property(rules, decisions, fc.subarray(PEOPLE), (rule, all, approvers) => {
        const yes = all.some(({ personId, choice }) => choice === 'approve' && approvers.includes(personId));
        if (!yes) expect(tally({ rule, approvers, decisions: all })).not.toBe('approved');
      }),
    );
  });

  it('neither the list of approvers nor that of decisions is changed by counting', () => {
    const approvers = Object.freeze([...PEOPLE]);
    const all = Object.freeze(given('moussa:approve, moussa:refuse, ana:approve').toReversed());
    expect(tally({ rule: 'all', approvers, decisions: all })).toBe('refused');
  });
});
