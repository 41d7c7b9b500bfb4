import { crc32, deflateRawSync } from 'node:zlib';

export type ZipPart = {
  name: string;
  content?: string | Buffer;
  /** What the directory claims, where that is not the truth. */
  claims?: { size?: number; packed?: number; at?: number };
  /** Bits of the general purpose flag; 1 means encrypted. */
  flag?: number;
  /** Unix mode, `0o120777` for a symbolic link. */
  mode?: number;
};

/** A zip put together by hand, so that it can also be wrong. */
export function zipOf(parts: ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { local, entry } = encode(part, at);
    files.push(local);
    entries.push(entry);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, directory, end]);
}

function encode({ name, content = '', claims = {}, flag = 0, mode = 0o100_644 }: ZipPart, at: number) {
  const bytes = Buffer.from(content);
  const packed = deflateRawSync(bytes);
  const title = Buffer.from(name);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(flag, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(claims.packed ?? packed.length, 14);
  head.writeUInt32LE(claims.size ?? bytes.length, 18);
  head.writeUInt16LE(title.length, 22);
  const before = Buffer.from([0x50, 0x4b, 3, 4]);
  const after = Buffer.alloc(14);
  after.writeUInt32LE(mode * 65_536, 6);
  after.writeUInt32LE(claims.at ?? at, 10);
  return {
    local: Buffer.concat([before, head, title, packed]),
    entry: Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), head, after, title]),
  };
}

export const CONTENT_TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

/** The least that is a Word file, with what is to be wrong about it. */
export function docxOf(...more: ZipPart[]): Buffer {
  const names = new Set(more.map(({ name }) => name));
  const plain = [
    { name: '[Content_Types].xml', content: CONTENT_TYPES },
    { name: 'word/document.xml', content: '<w:document><w:body>Report</w:body></w:document>' },
  ];
  return zipOf([...plain.filter(({ name }) => !names.has(name)), ...more]);
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
