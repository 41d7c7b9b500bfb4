import { createLetters } from '../../adapters/letters.ts';
import { LANGUAGES, type Language } from '../../domain/treaty.ts';
import { linksIn, words } from './reader.ts';

const letters = createLetters({ folder: 'templates' });
const toStates = letters.list().flatMap(({ template }) => (template.startsWith('report-intake/') ? [template] : []));

describe.each(toStates.flatMap((template) => LANGUAGES.map((language): [string, Language] => [template, language])))(
  'To a State Party, %s in %s',
  (template, language) => {
    const sample = letters.sample(template, language);
    const letter = letters.render({ template, language, values: sample });
    const said = words(letter.text);

    it('opens with compliments, closes with the assurances, and bears reference, place and date', () => {
      expect(said).toMatch(
        {
          en: /presents its compliments to the Permanent Mission of/,
          fr: /présente ses compliments à la Mission permanente/,
          es: /saluda atentamente a la Misión Permanente/,
        }[language],
      );
      expect(said).toMatch(
        {
          en: /the assurances of its highest consideration\./,
          fr: /les assurances de sa très haute considération\./,
          es: /las seguridades de su más alta y distinguida consideración\./,
        }[language],
      );
      const { reference, dateLine } = sample;
      expect(letter.subject).toContain(`[${String(reference)}]`);
      expect(said).toContain(String(reference));
      expect(said).toContain(String(dateLine));
    });

    it('names the convention in its subject: other treaties have an Article 7 too', () => {
      expect(letter.subject).toContain(
        {
          en: 'Convention on Cluster Munitions',
          fr: 'Convention sur les armes à sous-munitions',
          es: 'Convención sobre Municiones en Racimo',
        }[language],
      );
    });

    it('keeps the United Nations as the official channel and gives the link as a convenience', () => {
      expect(said).toContain('ccm@un.org');
      expect(said).toMatch(
        {
          en: /official (channel|submission)/,
          fr: /(voie|présentation) officielle/i,
          es: /(cauce|presentación) oficial/,
        }[language],
      );
      expect(linksIn(letter.html)).toContain(String(sample.uploadLink));
    });

    it('neither scolds nor ranks', () => {
      expect(said).not.toMatch(
        /overdue|failed|failure|non-complian|must|delay|deadline has|rank|en retard|manquement|retraso|incumpl/i,
      );
    });

    if (!template.endsWith('receipt'))
      it('welcomes information on gender and diversity under Forms F, G, H, I and A as voluntary', () => {
        expect(said).toMatch(
          {
            en: /gender and on the diversity of populations/,
            fr: /au genre et à la diversité des populations/,
            es: /el género y la diversidad de las poblaciones/,
          }[language],
        );
        expect(said).toMatch({ en: /voluntarily/, fr: /à titre volontaire/, es: /con carácter voluntario/ }[language]);
        for (const form of ['F', 'G', 'H', 'I', 'A']) expect(said).toMatch(new RegExp(`\\b${form}\\b`));
      });
  },
);
