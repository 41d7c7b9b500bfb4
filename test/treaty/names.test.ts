import { loadTreaty } from '../../adapters/treaty.ts';

const { states } = loadTreaty({ folder: 'treaties/ccm' });

/** The preposition each formal form takes, by its article; without an article French elides before a vowel. */
function afterDe(formal: string): string {
  if (formal.startsWith('les ')) return formal.replace('les ', 'des ');
  if (formal.startsWith('le ')) return formal.replace('le ', 'du ');
  if (/^(la |l')/.test(formal)) return `de ${formal}`;
  return /^[AEIOUÉÎ]/.test(formal) ? `d'${formal}` : `de ${formal}`;
}

describe('the formal name of a State after a preposition', () => {
  it.each(states.map((state) => [state.names.en, state] as const))('is right for %s', (_, { formal, ofFormal }) => {
    expect(ofFormal.en).toBe(`of ${formal.en}`);
    expect(ofFormal.fr).toMatch(/^(de |du |des |de la |de l'|d')/);
    expect(ofFormal.fr).toBe(afterDe(formal.fr));
    expect(ofFormal.es).toBe(formal.es.startsWith('el ') ? formal.es.replace('el ', 'del ') : `de ${formal.es}`);
  });

  it('carries no typographic apostrophe, stray space or mark of its source', () => {
    for (const { formal, ofFormal, names } of states) {
      for (const name of [...Object.values(formal), ...Object.values(ofFormal), ...Object.values(names)]) {
        expect(name).toBe(name.normalize('NFC').trim());
        expect(name).not.toMatch(/[’*]| {2}/);
      }
    }
  });

  it.each([
    ['LAO', 'de la République démocratique populaire lao', 'de la República Democrática Popular Lao'],
    ['NLD', 'du Royaume des Pays-Bas', 'del Reino de los Países Bajos'],
    ['BOL', "de l'État plurinational de Bolivie", 'del Estado Plurinacional de Bolivia'],
    ['VAT', 'du Saint-Siège', 'de la Santa Sede'],
    ['PSE', "de l'État de Palestine", 'del Estado de Palestina'],
    ['ESP', "du Royaume d'Espagne", 'del Reino de España'],
    ['CIV', "de la République de Côte d'Ivoire", "de la República de Côte d'Ivoire"],
    ['MEX', 'des États-Unis du Mexique', 'de los Estados Unidos Mexicanos'],
    ['COK', 'des Îles Cook', 'de las Islas Cook'],
    ['ATG', "d'Antigua-et-Barbuda", 'de Antigua y Barbuda'],
    ['CAN', 'du Canada', 'del Canadá'],
    ['AUS', "de l'Australie", 'de Australia'],
    ['MKD', 'de la République de Macédoine du Nord', 'de la República de Macedonia del Norte'],
    ['MLT', 'de la République de Malte', 'de la República de Malta'],
  ])('for %s reads "%s" and "%s"', (iso3, fr, es) => {
    expect(states.find((state) => state.iso3 === iso3)?.ofFormal).toMatchObject({ fr, es });
  });

  it('is marked as recalled or inferred where the source does not have it', () => {
    const unsure = states.filter(({ formalCertainty }) => formalCertainty.fr !== 'sourced');
    expect(unsure.map(({ iso3, formalCertainty }) => [iso3, formalCertainty.fr])).toEqual([
      ['CIV', 'recalled'],
      ['ISL', 'inferred'],
      ['NRU', 'inferred'],
    ]);
  });
});
