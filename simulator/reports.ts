import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import type { Upload } from './visitor.ts';

/** The report a robot files: a few lines of plain text that say they are made up. */
export async function madeUpReport({
  stateName,
  year,
  version,
  format,
}: {
  stateName: string;
  year: number;
  version: number;
  format: 'pdf' | 'docx';
}): Promise<Upload> {
  const lines = [
    `Article 7 transparency report of ${stateName}`,
    `Calendar year ${year}, version ${version}`,
    'Made by the simulation. No State has written this.',
    'Form F: not applicable. Form G: not applicable. Form H: not applicable.',
  ];
  const fileName = `Article 7 report ${year} ${stateName}${version > 1 ? ` v${version}` : ''}.${format}`;
  return format === 'pdf'
    ? { fileName, bytes: pdf(lines), mediaType: 'application/pdf' }
    : { fileName, bytes: await docx(lines), mediaType: DOCX };
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

async function docx([title, ...lines]: string[]): Promise<Buffer> {
  const children = [
    new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
    ...lines.map((text) => new Paragraph({ text })),
  ];
  return await Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** The smallest PDF a reader opens: one page, one font, lines of text in Latin-1. */
function pdf(lines: string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&').replace(/[^ -ÿ]/g, '?')}) Tj T*`).join('\n');
  const content = `BT /F1 12 Tf 72 770 Td 18 TL\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + trailer, 'latin1');
}
