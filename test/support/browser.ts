import type { FastifyInstance } from 'fastify';
import { parseDocument } from 'htmlparser2';
