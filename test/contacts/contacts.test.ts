import { readFileSync } from 'node:fs';
import { readContacts } from '../../adapters/contact-file.ts';
import { MALTA, TITLES, treaty, withFile } from './reading.ts';

const good = readFileSync('test/fixtures/contacts.csv', 'utf8');

function read(content: string | Buffer) {
  return withFile(content, (file) => readContacts({ file, treaty }));
}

const REGISTER = [
  {
    stateParty: 'LAO',
    kind: 'mission',
    name: "Permanent Mission of the Lao People's Democratic Republic",
    email: 'geneva@mission-lao.example',
    language: 'en',
    certainty: 'sourced',
  },
  expect.objectContaining({ stateParty: 'CIV', name: 'Mission permanente de Côte d’Ivoire', language: 'fr' }),
  expect.objectContaining({
    stateParty: 'MEX',
    kind: 'capital',
    name: 'Secretaría de Relaciones Exteriores, Dirección General',
  }),
  expect.objectContaining({ stateParty: 'MLT', name: 'Ministry for Foreign Affairs – Disarmament' }),
];

/** Windows-1252 is Latin-1 but for a few signs; the file holds two of them. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('’', '\x92').replaceAll('–', '\x96'), 'latin1');
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('a register of contacts in CSV', () => {
  it.each([
    ['UTF-8', Buffer.from(good)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${good}`)],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le')],
    ['UTF-16, big end first', bigEndian(`\ufeff${good}`)],
    ['Windows-1252', windows1252(good)],
  ])('is read in %s', async (_, bytes) => {
    expect(await read(bytes)).toEqual({ rows: REGISTER, problems: [] });
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('is read with %s', async (_, delimiter) => {
    const { rows, problems } = await read(`${TITLES}\n${MALTA}`.replaceAll(',', delimiter));
    expect(problems).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ stateParty: 'MLT', email: 'geneva@mission-malta.example' })]);
  });

  it('is read with lines of Windows, blank lines and a line break inside a cell', async () => {
    const { rows, problems } = await read(
      `\r\n${TITLES}\r\n\r\nMLT,capital,"Ministry\r\nof Foreign Affairs",a@b.example,\r\n`,
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ name: 'Ministry of Foreign Affairs', language: 'en' })]);
  });

  it.each([
    ['French', 'courriel,nom,type,État partie,langue\na@b.example,Mission,mission permanente,Sénégal,français'],
    ['Spanish', 'Correo electrónico,Nombre,Tipo,ESTADO,Idioma\na@b.example,Mission,misión,senegal,francés'],
  ])('is read with titles in %s and its columns in another order', async (_, text) => {
    const { rows, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ stateParty: 'SEN', kind: 'mission', language: 'fr' })]);
  });

  it.each([
    ['LAO', 'lao'],
    ['LAO', "Lao People's Democratic Republic"],
    ['LAO', 'the Lao People’s Democratic Republic'],
    ['LAO', 'République démocratique populaire lao'],
    ['LAO', 'Лаосская Народно-Демократическая Республика'],
    ['LAO', '老挝人民民主共和国'],
    ['LAO', 'جمهورية لاو الديمقراطية الشعبية'],
    ['LAO', 'Lao PDR'],
    ['CIV', "COTE D'IVOIRE"],
    ['CIV', 'Co\u0302te d’Ivoire'],
    ['CIV', "la République de Côte d'Ivoire"],
    ['NLD', 'The Netherlands'],
    ['NLD', 'Reino de los Países Bajos'],
    ['GBR', 'United Kingdom'],
    ['BOL', 'Bolivia (Plurinational State of)'],
    ['STP', 'São Tomé and Príncipe'],
  ])('knows %s as "%s"', async (iso3, name) => {
    const { rows } = await read(`${TITLES}\n"${name}",mission,Mission,a@b.example,en`);
    expect(rows).toEqual([expect.objectContaining({ stateParty: iso3 })]);
  });

  it('takes one address for two States and two addresses for one', async () => {
    const two = 'MLT,mission,Mission,a@b.example,\nSEN,mission,Mission,a@b.example,\nMLT,mission,Mission,c@b.example,';
    expect(await read(`${TITLES}\n${two}`)).toMatchObject({ rows: { length: 3 }, problems: [] });
  });

  it("keeps O'Brien, an Arabic name with a joiner and a plus-address as they are", async () => {
    const names = "IRL,mission,Ms O'Brien,o'brien+ccm@b.example,\nIRQ,mission,می\u200cخواهم,a@b.example,";
    const { rows, problems } = await read(`${TITLES}\n${names}`);
    expect(problems).toEqual([]);
    expect(rows.map((row) => row.name)).toEqual(["Ms O'Brien", 'می\u200cخواهم']);
  });
});
