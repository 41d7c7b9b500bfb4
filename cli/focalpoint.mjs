#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// Dates without a zone are UTC everywhere, whatever the machine says.
process.env.TZ = 'UTC';
register();
await import('./main.ts');
