import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createPost, type PostedLetter } from '../../adapters/post.ts';
import { type Fault, type FaultySmtp, startFaultySmtp } from '../support/faulty-smtp.ts';

let folder: string;
let peer: FaultySmtp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'post-'));
  peer = await startFaultySmtp();
});
afterEach(async () => {
  await peer.stop();
  rmSync(folder, { recursive: true });
});

const post = (smtpUrl = peer.url) => createPost({ smtpUrl, journalFile: join(folder, 'journal') });

function letter(): PostedLetter {
  return {
    key: 'L1',
    attempt: 1,
    envelopeFrom: 'isu@isu.example',
    envelopeTo: 'mission@laos.example',
    mime: Buffer.from('Subject: Request\r\n\r\nDear colleague,\r\n'),
    beforeDot: async () => true,
  };
}

describe('A server that takes none of our letters', () => {
  const servers: SMTPServer[] = [];
  async function serverWith(options: SMTPServerOptions): Promise<number> {
    const server = new SMTPServer({ logger: false, ...options });
    servers.push(server.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    return (server.server.address() as AddressInfo).port;
  }
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
  });

  it.each<[string, Fault]>([
    ['greets with 554', { at: 'greeting', answer: '554 Go away' }],
    ['wants a sign-in', { at: 'mail', answer: '530 Authentication required' }],
  ])('is unavailable when it %s', async (_, fault) => {
    peer.fails(fault);
    expect(await post().deliver(letter())).toMatchObject({ kind: 'unavailable' });
  });

  it('is unavailable when it refuses the password', async () => {
    const port = await serverWith({
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('Wrong password'), { responseCode: 535 })),
    });
    const delivery = await post(`smtp://isu:p%40ss@127.0.0.1:${port}`).deliver(letter());
    expect(delivery).toEqual({ kind: 'unavailable', reason: '535 Wrong password' });
  });

  // 0.0.0.0 reaches this machine and is not loopback by name: TLS is required of it.
  it.each([
    ['offers no TLS', { disabledCommands: ['STARTTLS'], authOptional: true }, 'smtp'],
    ['shows a certificate nobody vouches for', { authOptional: true }, 'smtp'],
    ['shows such a certificate from the start', { secure: true, authOptional: true }, 'smtps'],
    ['speaks no TLS where it should from the start', { authOptional: true }, 'smtps'],
  ] as [string, SMTPServerOptions, string][])('is unavailable when it %s', async (_, options, protocol) => {
    const port = await serverWith(options);
    expect(await post(`${protocol}://0.0.0.0:${port}`).deliver(letter())).toMatchObject({ kind: 'unavailable' });
  });

  it('on loopback is believed without TLS or with any certificate', async () => {
    const port = await serverWith({ authOptional: true });
    expect(await post(`smtp://127.0.0.1:${port}`).deliver(letter())).toMatchObject({ kind: 'accepted' });
  });

  it('is named by verify', async () => {
    await expect(post().verify()).resolves.toBeUndefined();
    peer.fails({ at: 'greeting', answer: '554 Go away' });
    await expect(post().verify()).rejects.toThrow('554 Go away');
  });
});
