import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/** Every timeout and retry policy of the system. Non-retryable types are lasting faults: a person has to act. */
const nonRetryableErrorTypes = ['InvalidInput', 'NotApproved', 'NotFound', 'Conflict'];

/** Rows in our own database: short, tried again for as long as it takes. */
export const records = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '30s', nonRetryableErrorTypes },
});

/** Whole plans and whole cycles: longer, with a sign of life. */
export const plans = proxyActivities<Activities>({
  startToCloseTimeout: '15m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', nonRetryableErrorTypes },
});

/**
 * Letters: patient for three days. A server's "later" sets its own delay (activities/send.ts); what is retried by this
 * policy is a worker that died, noticed by the missing heartbeat.
 */
const patience = {
  startToCloseTimeout: '12m',
  scheduleToCloseTimeout: '72h',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m', nonRetryableErrorTypes },
} as const;

/** Letters to States Parties: at the rate the policy allows. */
export const mail = proxyActivities<Activities>({ ...patience, taskQueue: 'mail' });

/** Letters to our own people: an approver does not wait behind 112 invitations. */
export const ownMail = proxyActivities<Activities>(patience);
