import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Label, readLabel, writeLabel } from './label.ts';

export type Labelled = Label & { uid: number };

/** Where the messages lie. Uids rise in the order in which messages become visible, also across restarts. */
export type Shelf = {
  /** Another one whenever the uids begin again. */
  name: string;
  all(): Labelled[];
  /** Resolves once the message would survive a kill. `shown` runs at the moment it gets its uid. */
  put(given: { label: Label; raw: Buffer; shown: (uid: number) => void }): Promise<void>;
  get(uid: number): Promise<Buffer | null>;
};

export function memoryShelf(): Shelf {
  const raws: Buffer[] = [];
  return {
    name: randomUUID(),
    all: () => [],
    async put({ raw, shown }) {
      shown(raws.push(raw));
    },
    get: async (uid) => raws[uid - 1] ?? null,
  };
}

/** One `.eml` file a message: our label as its first header, then the bytes as they came. */
export function folderShelf(folder: string): Shelf {
  // Letters hold personal links: nobody else on this machine reads them.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
  const uids = readdirSync(folder)
    .filter((name) => /^\d+\.eml$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
  const fileOf = (uid: number) => join(folder, `${String(uid).padStart(8, '0')}.eml`);
  let lastUid = uids.at(-1) ?? 0;
  let lastDraft = 0;
  return {
    name: nameOf({ folder, isEmpty: uids.length === 0 }),
    all: () => uids.map((uid) => ({ uid, ...labelIn(fileOf(uid)) })),
    async put({ label, raw, shown }) {
      const draft = join(folder, `${++lastDraft}.tmp`);
      await writeToDisk({ file: draft, parts: [Buffer.from(writeLabel(label)), raw] });
      // Number and name in one tick: a reader that has seen uid 7 never meets a 6 later.
      const uid = lastUid + 1;
      renameSync(draft, fileOf(uid));
      lastUid = uid;
      shown(uid);
      await syncFolder(folder);
    },
    async get(uid) {
      if (!existsSync(fileOf(uid))) return null;
      const bytes = await readFile(fileOf(uid));
      return bytes.subarray(bytes.indexOf('\r\n') + 2);
    },
  };
}

/** Kept beside the letters; a new one when there are none, whatever became of those that had been there. */
function nameOf({ folder, isEmpty }: { folder: string; isEmpty: boolean }): string {
  const file = join(folder, 'name');
  if (isEmpty || !existsSync(file)) writeFileSync(file, randomUUID(), { flush: true });
  return readFileSync(file, 'utf8');
}

async function writeToDisk({ file, parts }: { file: string; parts: Buffer[] }): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The new name itself must survive a power cut. Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function labelIn(file: string): Label {
  try {
    return readLabel(firstLineOf(file));
  } catch {
    throw new Error(`${file} is not a letter of this mailbox. Move it elsewhere and start again.`);
  }
}

/** A label is short: 10,000 of them are read in half a second. */
function firstLineOf(file: string): string {
  const start = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  const read = readSync(handle, start);
  closeSync(handle);
  const bytes = start.subarray(0, read).includes('\r\n') ? start : readFileSync(file);
  return bytes.toString('utf8', 0, bytes.indexOf('\r\n'));
}
