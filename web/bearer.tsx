import { type LinkToken, readToken } from '../adapters/links.ts';
import { Refused } from '../domain/refusals.ts';
import type { Visit } from './route.ts';

/** Tries at links that do not exist, a minute and address; a link that exists is never counted. */
const UNKNOWN_PER_MINUTE = 60;

/** The link in the address of the email, `selector.secret`; null when it is not shaped like one. */
export function tokenInAddress({ request }: Visit): LinkToken | null {
  return readToken((request.params as { token?: string }).token);
}

/** The link whose page this is: its selector in the address, its secret in the cookie. */
export function tokenInCookie({ request, secret }: Visit): LinkToken | null {
  return readToken(`${(request.params as { selector?: string }).selector}.${secret}`);
}

/** Refuses a link that is not ours, with one text; who tries many is asked to wait. */
export async function refuseUnknown({ request }: Visit): Promise<never> {
  const { limits } = request.server;
  const tried = await limits.unknownLinks(request);
  if (!tried.isAllowed && tried.isExceeded) throw new TooMany();
  throw new Refused('unknownLink');
}

export class TooMany extends Error {
  override name = 'TooMany';
}

export { UNKNOWN_PER_MINUTE };
