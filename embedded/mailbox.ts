import { EventEmitter } from 'node:events';
import { openSmtp } from './mailbox/smtp.ts';
import { openStore, type Store, type StoredMessage } from './mailbox/store.ts';
import { openWeb } from './mailbox/web.ts';

export type { StoredMessage };

/** The mail system of a product that has none: every letter arrives here, whoever it is addressed to. */
export type Mailbox = {
  smtpUrl: string;
  webUrl: string;
  /** Oldest first; `to` is an envelope recipient, `after` a uid. */
  messages: Store['messages'];
  /** The bytes exactly as they came over SMTP; null when there is no such message. */
  raw: Store['raw'];
  /** Called after each message has been accepted; returns how to stop that. */
  onMessage(listener: (message: StoredMessage) => void): () => void;
  stop(): Promise<void>;
};

/**
 * SMTP and pages on 127.0.0.1; port 0 takes any free one. With a `folder`, a message is on disk before its sender hears
 * 250. `now` dates what arrives; `rejects` names addresses that are answered with 550. Throws when a port is taken.
 */
export async function startMailbox(given: {
  folder?: string;
  smtpPort: number;
  webPort: number;
  now?: () => Date | Promise<Date>;
  rejects?: (address: string) => boolean;
}): Promise<Mailbox> {
  const { folder, now = () => new Date(), rejects = () => false } = given;
  const store = openStore({ folder });
  const arrivals = new EventEmitter();
  const smtp = await openSmtp({
    port: given.smtpPort,
    rejects,
    async accept(arrived) {
      const message = await store.add({ ...arrived, receivedAt: await now() });
      // Later: what a listener does must not decide what the sender is told.
      setImmediate(() => arrivals.emit('message', message));
    },
  });
  const web = await openWeb({ port: given.webPort, store, smtpPort: smtp.port, now }).catch(async (error) => {
    await smtp.stop();
    throw error;
  });
  return {
    smtpUrl: smtp.url,
    webUrl: web.url,
    messages: store.messages,
    raw: store.raw,
    onMessage(listener) {
      arrivals.on('message', listener);
      return () => arrivals.off('message', listener);
    },
    async stop() {
      await web.stop();
      await smtp.stop();
    },
  };
}
