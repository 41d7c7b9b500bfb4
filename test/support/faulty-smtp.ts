import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

export type Step = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

/** What the peer does at one step instead of answering well; `accepts` logs the letter before going wrong. */
export type Fault = { at: Step; answer?: string; drops?: boolean; accepts?: boolean; afterMs?: number };

export type AcceptedLetter = { from: string; to: string[]; mime: string };

/** What happened in one session, in order; the letter as far as it has come. */
export type Heard = {
  session: number;
  what: 'opened' | Step | 'accepted' | 'answered' | 'closed';
  letter: AcceptedLetter;
  fault: Fault | null;
};

export type Watch = {
  /** Any free one when it is 0. */
  port?: number;
  pipelining?: boolean;
  /** The fault of this session at this step; without it, the one ordered by `fails`. */
  faultAt?: (turn: { session: number; step: Step }) => Fault | null;
  /** `accepted` is told before the answer leaves, `answered` once the answer to the final dot has left. */
  hears?: (heard: Heard) => void;
};

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

type Peer = Pick<FaultySmtp, 'accepted' | 'heard'> &
  Pick<Watch, 'pipelining' | 'hears'> & { fault: Fault | null; bytes: number; sessions: number; faultAt: FaultAt };
type FaultAt = NonNullable<Watch['faultAt']>;

export async function startFaultySmtp({ port = 0, ...watch }: Watch = {}): Promise<FaultySmtp> {
  const ordered: FaultAt = ({ step }) => (peer.fault?.at === step ? peer.fault : null);
  const peer: Peer = { fault: null, accepted: [], heard: [], bytes: 0, sessions: 0, faultAt: ordered, ...watch };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy()));
    converse({ peer, socket });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
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

type Session = {
  number: number;
  peer: Peer;
  socket: Socket;
  letter: AcceptedLetter;
  text: string;
  isInBody: boolean;
  hasBody: boolean;
};

function converse({ peer, socket }: { peer: Peer; socket: Socket }): void {
  const letter = { from: '', to: [], mime: '' };
  const session: Session = { number: ++peer.sessions, peer, socket, letter, text: '', isInBody: false, hasBody: false };
  tell(session, 'opened');
  socket.on('close', () => tell(session, 'closed'));
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
  if (!session.hasBody && session.text !== '') {
    session.hasBody = true;
    letter.mime = session.text;
    answer(session, { step: 'body', well: null });
  }
  const mime = take(session, '\r\n.\r\n');
  if (mime === null) return false;
  session.isInBody = false;
  session.hasBody = false;
  letter.mime = `${mime}\r\n`.replaceAll('\r\n..', '\r\n.');
  const keep = () => {
    peer.accepted.push({ ...letter, to: [...letter.to] });
    tell(session, 'accepted');
  };
  answer(session, { step: 'dot', well: '250 Kept', done: keep });
  return true;
}

function take(session: Session, end: string): string | null {
  const at = session.text.indexOf(end);
  if (at < 0) return null;
  const taken = session.text.slice(0, at);
  session.text = session.text.slice(at + end.length);
  return taken;
}

/** As ordered when a fault is due at this step, well otherwise; nothing (`well` is null) where a client expects nothing. */
function answer(session: Session, turn: { step: Step; well: string | null; done?: () => unknown }): void {
  const { peer, socket, number } = session;
  const { step, well, done } = turn;
  const fault = peer.faultAt({ session: number, step });
  tell(session, step, fault);
  const goesWell = !fault?.drops && !fault?.answer;
  if (goesWell || fault?.accepts) done?.();
  const reply = () => {
    const line = fault?.answer ?? well;
    if (fault?.drops) socket.destroy();
    else if (line !== null && !socket.destroyed) socket.write(`${line}\r\n`);
    if (step === 'dot') tell(session, 'answered', fault);
  };
  if (fault?.afterMs) setTimeout(reply, fault.afterMs);
  else reply();
}

function tell({ peer, number, letter }: Session, what: Heard['what'], fault: Fault | null = null): void {
  peer.hears?.({ session: number, what, letter, fault });
}
