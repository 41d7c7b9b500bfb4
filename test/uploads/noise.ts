import { createHash } from 'node:crypto';

/** Bytes that do not shrink, the same each time. */
export function noise(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, at) => createHash('sha256').update(`${at}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

/** Bytes that shrink to a thirtieth: within the ratio that a zip may have. */
export function shrinking(size: number): Buffer {
  return Buffer.alloc(size, Buffer.concat([noise(2_000), Buffer.alloc(58_000, 'word ')]));
}
