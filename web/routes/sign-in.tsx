import type { FastifyInstance } from 'fastify';

export function signInRoutes(_app: FastifyInstance): void {}
