import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

type Step = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

/** What the peer does at one step instead of answering well; `accepts` logs the letter before going wrong. */
export type Fault = { at: Step; answer?: string; drops?: boolean; accepts?: boolean; afterMs?: number };

export type AcceptedLetter = { from: string; to: string[]; mime: string };

/** A mail server that fails on order. Its own log, written before its answer, is the judge of what was delivered. */
export type FaultySmtp = {
  url: string;
  accepted: AcceptedLetter[];
  /** What clients said, line by line, without the letters. */
  heard: string[];
  /** Bytes of letters received so far, whatever became of them. */
  bytesHeard(): number;
  fails(fault: Fault | null): void;
  stop(): Promise<void>;
};

type Peer = { fault: Fault | null; accepted: AcceptedLetter[]; heard: string[]; pipelining: boolean; bytes: number };

export async function startFaultySmtp({ pipelining = false } = {}): Promise<FaultySmtp> {
  const peer: Peer = { fault: null, accepted: [], heard: [], pipelining, bytes: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy()));
    converse({ peer, socket });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted: peer.accepted,
    heard: peer.heard,
    bytesHeard: () => peer.bytes,
    fails(fault) {
      peer.fault = fault;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Session = { peer: Peer; socket: Socket; letter: AcceptedLetter; text: string; isInBody: boolean };

function converse({ peer, socket }: { peer: Peer; socket: Socket }): void {
  const session: Session = { peer, socket, letter: { from: '', to: [], mime: '' }, text: '', isInBody: false };
  socket.on('data', (chunk) => {
    if (session.isInBody) peer.bytes += chunk.length;
    session.text += chunk.toString('latin1');
    while (session.isInBody ? hearBody(session) : hearCommand(session));
  });
  answer(session, { step: 'greeting', well: '220 peer' });
}

function hearCommand(session: Session): boolean {
  const { peer, letter } = session;
  const line = take(session, '\r\n');
  if (line === null) return false;
  peer.heard.push(line);
  const verb = /^(MAIL FROM|RCPT TO|\w+)/.exec(line)?.[1];
  const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
  if (verb === 'EHLO') answer(session, { step: 'ehlo', well: peer.pipelining ? '250-p\r\n250 PIPELINING' : '250 p' });
  else if (verb === 'MAIL FROM')
    answer(session, { step: 'mail', well: '250 Fine', done: () => (letter.from = address) });
  else if (verb === 'RCPT TO') answer(session, { step: 'rcpt', well: '250 Fine', done: () => letter.to.push(address) });
  else if (verb === 'DATA' && letter.to.length === 0) session.socket.write('503 Nobody to send to\r\n');
  else if (verb === 'DATA') answer(session, { step: 'data', well: '354 Go on', done: () => (session.isInBody = true) });
  else if (verb === 'QUIT') session.socket.end('221 Bye\r\n');
  else session.socket.write('502 Unknown\r\n');
  return true;
}

function hearBody(session: Session): boolean {
  const { peer, letter } = session;
  if (peer.fault?.at === 'body') answer(session, { step: 'body', well: '' });
  const mime = take(session, '\r\n.\r\n');
  if (mime === null) return false;
  session.isInBody = false;
  letter.mime = `${mime}\r\n`.replaceAll('\r\n..', '\r\n.');
  answer(session, { step: 'dot', well: '250 Kept', done: () => peer.accepted.push({ ...letter, to: [...letter.to] }) });
  return true;
}

function take(session: Session, end: string): string | null {
  const at = session.text.indexOf(end);
  if (at < 0) return null;
  const taken = session.text.slice(0, at);
  session.text = session.text.slice(at + end.length);
  return taken;
}

/** As ordered when the fault is due at this step, well otherwise. */
function answer({ peer, socket }: Session, turn: { step: Step; well: string; done?: () => unknown }): void {
  const fault = peer.fault?.at === turn.step ? peer.fault : null;
  const goesWell = !fault?.drops && !fault?.answer;
  if (goesWell || fault?.accepts) turn.done?.();
  const reply = () => {
    if (fault?.drops) socket.destroy();
    else if (!socket.destroyed) socket.write(`${fault?.answer ?? turn.well}\r\n`);
  };
  if (fault?.afterMs) setTimeout(reply, fault.afterMs);
  else reply();
}
