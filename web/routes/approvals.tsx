import type { FastifyInstance } from 'fastify';

export function approvalRoutes(_app: FastifyInstance): void {}
