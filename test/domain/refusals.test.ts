import { REFUSALS, type RefusalCode, Refused } from '../../domain/refusals.ts';

const codes = Object.keys(REFUSALS) as RefusalCode[];

describe('a refusal', () => {
  it.each(codes)('%s says why in a sentence of its own, with the status of a refusal', (code) => {
    const refused = new Refused(code);
    expect(refused).toMatchObject({ name: 'Refused', code, message: REFUSALS[code].sentence });
    expect(refused.status).toBe(REFUSALS[code].status);
    expect([403, 404, 409, 410, 413, 415, 422, 503]).toContain(refused.status);
    expect(refused.message).toMatch(/^[A-Z][^\n]{10,120}\.$/);
    expect(codes.filter((other) => REFUSALS[other].sentence === refused.message)).toEqual([code]);
  });
});
