import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import pino, { type Logger } from 'pino';
import type { WebDeps } from './deps.ts';
import { answerBrokenAddress, answerBrokenRequest, answerErrors } from './errors.tsx';
import { createLimits, type Limits } from './limits.ts';
import { approvalRoutes } from './routes/approvals.tsx';
import { assetRoutes, readAssets } from './routes/assets.ts';
import { consoleRoutes } from './routes/console/index.ts';
import { signInRoutes } from './routes/sign-in.tsx';
import { uploadRoutes } from './routes/uploads.tsx';
import { assertOwnOrigin, STRICT_POLICY } from './security.ts';
import type { Site } from './site.tsx';

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface adds to fastify's own
  interface FastifyInstance {
    deps: WebDeps;
    site: Site;
    limits: Limits;
  }
}

/** Longer than any address or token may be, so that a monstrous one meets our own page and not the server's. */
const MAX_ADDRESS = 128 * 1024;
/** A report of 25 MB over the line of a small capital takes its time; a sender that stalls does not hold us for ever. */
const PATIENCE_MS = 30 * 60_000;
/** A comment of a million characters is told that it is too long, and is not lost. */
const MAX_FORM = 4 * 1024 * 1024;

/** The web site. `logger` is silent unless given; no log line holds a token, a name or an address. */
export async function createWeb({
  logger = pino({ level: 'silent' }),
  ...deps
}: WebDeps & { logger?: Logger }): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger as never,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(4).toString('hex').toUpperCase(),
    bodyLimit: MAX_FORM,
    requestTimeout: PATIENCE_MS,
    http: { maxHeaderSize: MAX_ADDRESS },
    routerOptions: { maxParamLength: MAX_ADDRESS },
    frameworkErrors: answerBrokenAddress as never,
    clientErrorHandler: answerBrokenRequest,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  const assets = readAssets();
  const { office, policy } = deps.treaty;
  app.decorate('deps', deps);
  app.decorate('site', { office, timeZone: policy.treatyTimeZone, asset: (name: string) => assets.get(name)!.address });

  await guard(app);
  answerErrors(app);
  assetRoutes(app, assets);
  approvalRoutes(app);
  uploadRoutes(app);
  signInRoutes(app);
  consoleRoutes(app);
  return app;
}

/** What holds for every page, before any route is reached. */
async function guard(app: FastifyInstance): Promise<void> {
  const isHttps = app.deps.baseUrl.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: STRICT_POLICY },
    // Not `no-referrer`: it makes a form's Origin null, and the check of it would fail.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000 },
    frameguard: { action: 'deny' },
  });
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  app.decorate('limits', createLimits(app));
  await app.register(formbody, { bodyLimit: MAX_FORM });
  await app.register(multipart, { throwFileSizeLimit: false });
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    if (request.method !== 'GET' && request.method !== 'HEAD') assertOwnOrigin(request);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const took = Math.round(reply.elapsedTime);
    app.log.info({ method, route: routeOptions.url ?? 'none', status: reply.statusCode, took }, 'answered');
  });
}
