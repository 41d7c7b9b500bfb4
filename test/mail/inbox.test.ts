import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { createMailboxInbox } from '../../adapters/inbox.ts';
import { type Mailbox, startMailbox } from '../../embedded/mailbox.ts';

describe('The inbox', () => {
  let mailbox: Mailbox;
  beforeEach(async () => {
    mailbox = await startMailbox({ smtpPort: 0, webPort: 0, now: () => new Date('2027-03-01T08:00:00Z') });
  });
  afterEach(() => mailbox.stop());

  async function send(message: object): Promise<void> {
    const port = Number(new URL(mailbox.smtpUrl).port);
    await createTransport({ host: '127.0.0.1', port, ignoreTLS: true }).sendMail(message);
  }
  const arrive = (to: string) => send({ from: 'm@laos.example', to, text: 'x' });
  /** The mailbox has been read up to this uid. */
  const upTo = (uid: number) => async () => uid;
  const inbox = () => createMailboxInbox({ url: mailbox.webUrl, address: 'isu@isu.example' });

  it('holds what comes to the secretariat and its plus addresses, byte for byte, and never the mail of its people', async () => {
    for (const to of ['isu@isu.example', 'officer@isu.example', 'ISU+case-7@ISU.example', 'a@notisu.example'])
      await arrive(to);
    const mails = await inbox().fetchAfter(upTo(0));
    expect(mails.map(({ uid }) => uid)).toEqual([1, 3]);
    expect(mails[0]).toMatchObject({ receivedAt: new Date('2027-03-01T08:00:00Z'), raw: await mailbox.raw(1) });
  });

  it('gives only what lies after the cursor', async () => {
    for (let number = 0; number < 3; number++) await arrive('isu@isu.example');
    expect((await inbox().fetchAfter(upTo(2))).map(({ uid }) => uid)).toEqual([3]);
    expect(await inbox().fetchAfter(upTo(3))).toEqual([]);
  });

  it('has another name once it has been emptied or made anew, because its uids begin again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
    const nameOf = async () => {
      const again = await startMailbox({ folder, smtpPort: 0, webPort: 0 });
      const sender = createTransport({ port: Number(new URL(again.smtpUrl).port), host: '127.0.0.1', ignoreTLS: true });
      await sender.sendMail({ from: 'm@laos.example', to: 'isu@isu.example', text: 'x' });
      const [mail] = await createMailboxInbox({ url: again.webUrl, address: 'isu@isu.example' }).fetchAfter(upTo(0));
      await again.stop();
      return mail!.mailbox;
    };
    const first = await nameOf();
    expect(await nameOf()).toBe(first);
    for (const name of readdirSync(folder)) if (name.endsWith('.eml')) rmSync(join(folder, name));
    const emptied = await nameOf();
    rmSync(folder, { recursive: true });
    expect(new Set([first, emptied, await nameOf()]).size).toBe(3);
    rmSync(folder, { recursive: true });
  });

  it('gives large mails a few at a time and loses none', async () => {
    const raw = Buffer.from(`From: m@laos.example\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(300_000));
    for (let number = 0; number < 3; number++)
      await send({ envelope: { from: 'm@laos.example', to: ['isu@isu.example'] }, raw });
    const seen: number[] = [];
    for (let cursor = 0; cursor < 3; cursor = seen.at(-1) ?? 3) {
      seen.push(...(await inbox().fetchAfter(upTo(cursor))).map(({ uid }) => uid));
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('lists one address with its plus addresses', async () => {
    for (const to of ['isu@isu.example', 'isu+7@isu.example', 'other@isu.example']) await arrive(to);
    const listed = await (await fetch(`${mailbox.webUrl}/api/inbox?address=isu@isu.example&after=0&limit=50`)).json();
    expect(listed.map(({ envelopeTo }: { envelopeTo: string[] }) => envelopeTo[0])).toEqual([
      'isu@isu.example',
      'isu+7@isu.example',
    ]);
  });

  it('fails with a sentence when the mailbox is away', async () => {
    await expect(
      createMailboxInbox({ url: 'http://127.0.0.1:9', address: 'x@x.example' }).fetchAfter(upTo(0)),
    ).rejects.toThrow('fetch failed');
    await expect(
      createMailboxInbox({ url: `${mailbox.webUrl}/wrong`, address: 'x@x.example' }).fetchAfter(upTo(0)),
    ).rejects.toThrow('The mailbox answered 404 at /wrong/api/mailbox');
  });
});
