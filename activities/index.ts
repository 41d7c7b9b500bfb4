import type { Engine } from '../adapters/engine.ts';
import type { Letters } from '../adapters/letters.ts';
import type { Post } from '../adapters/post.ts';
import type { Records } from '../adapters/records.ts';
import type { Treaty } from '../domain/treaty.ts';
import { approvalActivities } from './approvals.ts';
import { caseActivities } from './cases.ts';
import { letterTextActivities } from './letter-text.ts';
import { letterActivities } from './letters.ts';
import { personLetterActivities } from './person-letters.ts';
import { planActivities } from './plan.ts';
import { scheduleActivities } from './schedule.ts';
import { sendActivities } from './send.ts';
import { settlingActivities } from './settle-letter.ts';
import { taskActivities } from './tasks.ts';

/** Everything the activities touch; in unit tests fakes stand here. */
export type Deps = {
  records: Records;
  letters: Letters;
  treaty: Treaty;
  post: Post;
  engine: Engine;
  /** Links in letters begin with this. */
  baseUrl: string;
  /** Address the letters come from and answers go to. */
  mailFrom: string;
};

export type Activities = ReturnType<typeof createActivities>;

export function createActivities(deps: Deps) {
  return {
    ...caseActivities(deps),
    ...planActivities(deps),
    ...scheduleActivities(deps),
    ...letterActivities(deps),
    ...letterTextActivities(deps),
    ...personLetterActivities(deps),
    ...sendActivities(deps),
    ...settlingActivities(deps),
    ...approvalActivities(deps),
    ...taskActivities(deps),
  };
}
