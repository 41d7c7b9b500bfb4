import { type LinkToken, readToken } from '../adapters/links.ts';
import { Refused } from '../domain/refusals.ts';
import type { Visit } from './route.ts';

/** The link in the address of the email, `selector.secret`; null when it is not shaped like one. */
export function tokenInAddress({ request }: Visit<'link'>): LinkToken | null {
  return readToken((request.params as { token?: string }).token);
}

/** The link whose page this is: its selector in the address, its secret in the cookie. */
export function tokenInCookie({ request, secret }: Visit<'link'>): LinkToken | null {
  return readToken(`${(request.params as { selector?: string }).selector}.${secret}`);
}

/** Refuses what is not one of our links, always with the same text; who tries many is asked to wait. */
export async function refuseUnknown({ request }: Visit<'link'>): Promise<never> {
  await request.server.limits.unknownLinks(request);
  throw new Refused('unknownLink');
}
