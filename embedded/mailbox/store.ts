import { type Envelope, labelOf } from './label.ts';
import { folderShelf, type Labelled, memoryShelf } from './shelf.ts';

export type StoredMessage = Labelled;

export type Store = {
  /** Of this life of the mailbox: emptied or made anew it is another, because uids begin again. */
  name: string;
  /** Resolves once the message would survive a kill. */
  add(given: { raw: Buffer; envelope: Envelope; receivedAt: Date }): Promise<StoredMessage>;
  /** Oldest first. `to` is an envelope recipient in any case of letters; `after` a uid. */
  messages(filter?: { to?: string; after?: number }): StoredMessage[];
  message(uid: number): StoredMessage | null;
  /** The bytes exactly as they came over SMTP; null when there is no such message. */
  raw(uid: number): Promise<Buffer | null>;
  /** Every address that ever got a message, the one with the newest first. */
  addresses(): { address: string; count: number; newest: StoredMessage }[];
};

/** Labels in memory, bytes on the shelf: a list never opens a file. */
export function openStore({ folder }: { folder?: string }): Store {
  const shelf = folder ? folderShelf(folder) : memoryShelf();
  const byUid = new Map<number, StoredMessage>();
  const byAddress = new Map<string, StoredMessage[]>();
  const index = (message: StoredMessage) => {
    byUid.set(message.uid, message);
    for (const address of new Set(message.envelopeTo.map((to) => to.toLowerCase()))) {
      const box = byAddress.get(address);
      if (box) box.push(message);
      else byAddress.set(address, [message]);
    }
  };
  shelf.all().forEach(index);
  return {
    name: shelf.name,
    async add({ raw, envelope, receivedAt }) {
      const label = await labelOf({ raw, envelope, receivedAt });
      let message: StoredMessage | undefined;
      await shelf.put({ label, raw, shown: (uid) => index((message = { uid, ...label })) });
      return message as StoredMessage;
    },
    messages({ to, after = 0 } = {}) {
      const all = to === undefined ? [...byUid.values()] : (byAddress.get(to.toLowerCase()) ?? []);
      return all.slice(all.findLastIndex((message) => message.uid <= after) + 1);
    },
    message: (uid) => byUid.get(uid) ?? null,
    raw: (uid) => shelf.get(uid),
    addresses: () =>
      [...byAddress]
        .map(([address, box]) => ({ address, count: box.length, newest: box.at(-1) as StoredMessage }))
        .sort((a, b) => b.newest.uid - a.newest.uid),
  };
}
