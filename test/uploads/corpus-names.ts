import { docxOf, zipOf } from '../support/zip.ts';
import type { Hostile } from './corpus.ts';
import { pdfOf } from './pdf.ts';

const LIMIT = 25 * 1024 * 1024;

function named(fileName: string, verdict: Hostile['verdict'], bytes: () => Buffer): Hostile {
  const what = fileName.length > 60 ? `${fileName.slice(0, 20)}… (${fileName.length} characters)` : fileName;
  return { what: `a file named ${JSON.stringify(what)}`, fileName, bytes, verdict };
}

/** A sound report under a name that is not. */
function renamed(fileName: string, keptAs: string): Hostile {
  return { ...named(fileName, [], () => pdfOf({ objects: [`(for ${keptAs})`] })), keptAs };
}

function called(what: string, file: Hostile): Hostile {
  return { ...file, what };
}

/** A PDF of exactly this many bytes: a remark behind its first line fills it. */
function pdfOfSize(size: number): Buffer {
  const [first, rest] = [pdfOf().subarray(0, 9), pdfOf().subarray(9)];
  return Buffer.concat([
    first,
    Buffer.from('%'.padEnd(size - first.length - rest.length - 1, 'x')),
    Buffer.from('\n'),
    rest,
  ]);
}

/** A page of a spreadsheet that would start a program in Excel. */
const formula = () => zipOf([{ name: 'xl/worksheets/sheet1.xml', content: `<f>=cmd|' /C calc'!A0</f>` }]);

export const HOSTILE_NAMES: Hostile[] = [
  called(
    'nothing at all',
    named('report.pdf', 'fileEmpty', () => Buffer.alloc(0)),
  ),
  called(
    'a PDF of 25 MB',
    named('report.pdf', [], () => pdfOfSize(LIMIT)),
  ),
  called(
    'a PDF of 25 MB and a byte',
    named('report.pdf', 'fileTooBig', () => pdfOfSize(LIMIT + 1)),
  ),
  called('a PDF named as a Word file', named('report.docx', 'fileNotWhatItSays', pdfOf)),
  called('a Word file named as a PDF', named('report.pdf', 'fileNotWhatItSays', docxOf)),
  called(
    'a program named as a PDF',
    named('report.pdf', 'fileNotWhatItSays', () => Buffer.from('MZ\u0090', 'latin1')),
  ),
  called(
    'a picture with a script',
    named('report.svg', 'fileWrongType', () => Buffer.from('<svg onload="x()"/>')),
  ),
  called(
    'a web page',
    named('report.html', 'fileWrongType', () => Buffer.from('<script>x()</script>')),
  ),
  called('a spreadsheet with a command', named('report.xlsx', 'fileWrongType', formula)),
  called(
    'a program with two endings',
    named('report.pdf.exe', 'fileWrongType', () => Buffer.from('MZ')),
  ),
  called(
    'a program with a turned name',
    named('report\u202Efdp.exe', 'fileWrongType', () => Buffer.from('MZ')),
  ),
  named('report.docm', 'fileWrongType', docxOf),
  named('report', 'fileWrongType', pdfOf),
  renamed(`${'x'.repeat(300)}.pdf`, `${'x'.repeat(150)}.pdf`),
  renamed('CON.pdf', '_CON.pdf'),
  renamed('report\r\nX-Evil: 1.pdf', 'report%0D%0AX-Evil_ 1.pdf'),
  renamed('turned\u202Efdp.pdf', 'turnedfdp.pdf'),
  renamed('../../etc/climbing.pdf', 'climbing.pdf'),
  renamed('C:\\fake\\..\\drive.pdf', 'drive.pdf'),
  renamed('.pdf', '_.pdf'),
  renamed('great .PDF', 'great .PDF'),
];
