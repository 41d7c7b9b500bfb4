import { isIP } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Options } from 'nodemailer/lib/smtp-connection';

export type Server = { options: Options; login: { user: string; pass: string } | null };

/** TLS 1.2 or later is required, but for loopback: no wire to guard there, and no certificate that could match. */
export function serverAt({
  smtpUrl,
  socketTimeoutMs = 600_000,
}: {
  smtpUrl: string;
  socketTimeoutMs?: number;
}): Server {
  const url = new URL(smtpUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  const secure = url.protocol === 'smtps:';
  const options: Options = {
    host,
    port: url.port || undefined,
    secure,
    requireTLS: !secure && !isLoopback,
    servername: isIP(host) ? undefined : host,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !isLoopback },
    connectionTimeout: 30_000,
    socketTimeout: socketTimeoutMs,
    socketCloseTimeout: 0,
    logger: false,
  };
  const login = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return { options, login: login.user ? login : null };
}

export function greet({ connection, server }: { connection: SMTPConnection; server: Server }): Promise<void> {
  return answerOf(connection, (done) => {
    connection.connect((error) => {
      if (error || !server.login) done(error ?? null);
      else connection.login({ credentials: server.login }, (refusal) => done(refusal));
    });
  });
}

/** The callback, the error event, or the end of the connection: whichever comes first. */
export function answerOf<T = void>(
  connection: SMTPConnection,
  ask: (done: (error: Error | null | undefined, answer?: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    // A callback that carries the server's last words follows the end at once: let it win.
    connection.once('end', () => setImmediate(() => reject(new Error('The connection ended without an answer'))));
    ask((error, answer) => (error ? reject(error) : resolve(answer as T)));
  });
}

/** QUIT, and five seconds for the answer. */
export function hangUp(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), 5000).unref();
}
