#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// Dates without a zone are UTC everywhere, whatever the machine says.
process.env.TZ = 'UTC';
// Temporal's client would write its pings and reconnections between our lines; what fails is said by us.
process.env.GRPC_VERBOSITY ??= 'NONE';
register();
await import('./main.ts');
