import { deflateSync } from 'node:zlib';

/** A PDF put together by hand from its objects, so that it can also be wrong; the first object is its catalog. */
export function pdfOf({
  catalog = '',
  objects = [],
  trailer = '',
}: {
  catalog?: string;
  objects?: (string | Buffer)[];
  trailer?: string;
} = {}): Buffer {
  const own = [`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', PAGE];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]!.length;
  for (const [index, object] of [...own, ...objects].entries()) {
    const ends = Buffer.from('\nendobj\n');
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), ends]);
    offsets.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`));
  parts.push(Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>';

/** The first object of those a test adds. */
export const FIRST = 4;

/** Objects packed into a stream, as PDF 1.5 does. `says`: what its dictionary says besides. */
export function packed(objects: string[], says = ''): Buffer {
  const body = objects.join(' ');
  let at = 0;
  const head = objects.map((object, index) => {
    const pair = `${50 + index} ${at}`;
    at += object.length + 1;
    return pair;
  });
  const first = `${head.join(' ')} `;
  return streamOf({
    dictionary: `/Type /ObjStm /N ${objects.length} /First ${first.length} /Filter /FlateDecode ${says}`,
    content: deflateSync(first + body),
  });
}

export function streamOf({ dictionary, content }: { dictionary: string; content: Buffer }): Buffer {
  const head = Buffer.from(`<< ${dictionary} /Length ${content.length} >>\nstream\n`);
  return Buffer.concat([head, content, Buffer.from('\nendstream')]);
}
