import { formProof } from '../../adapters/links.ts';
import type { Page, Visitor } from '../../simulator/visitor.ts';
import { seedDecisionLink, seedPlan } from './seed.ts';
import { openSite, type Site } from './site.ts';

/** A site with a plan to be decided by two Coordinators, and the link of one of them. */
export type Asked = Awaited<ReturnType<typeof askForApproval>>;

type Person = { id: string; email: string };

export async function askForApproval() {
  const site = await openSite();
  const approvalId = await seedPlan(site);
  const [ana, moussa] = [await site.person('coordinator', 0), await site.person('coordinator', 1)];
  const linkFor = ({ id }: { id: string }, of = approvalId) => seedDecisionLink(site, { approvalId: of, personId: id });
  const token = await linkFor(ana);
  return {
    site,
    approvalId,
    ana: ana as Person,
    moussa: moussa as Person,
    token,
    linkFor,
    /** Opens the link, chooses, and confirms; returns the page at the end. */
    decide: (fields: Record<string, string>, visitor = site.visitor()) => decide({ visitor, fields, token }),
    /** The form as it comes through one link; sent by the bearer of another where a test wants that. */
    confirmation: (choice = 'approve', link = token, sender = link) => confirmation({ site, link, sender, choice }),
    /** What goes with a POST from the holder of the link. */
    headers: () => headersOf(site, token),
  };
}

async function decide({
  visitor,
  fields,
  token,
}: {
  visitor: Visitor;
  fields: Record<string, string>;
  token: string;
}): Promise<Page> {
  const check = await visitor.submit(await visitor.get(`/a/${token}`), { has: 'choice', fields });
  return check.status === 200 ? await visitor.submit(check, { has: 'choice' }) : check;
}

/** The POST of the check page as it goes over the wire, to be sent as often and as changed as wanted. */
async function confirmation({
  site,
  link,
  sender,
  choice,
}: {
  site: Site;
  link: string;
  sender: string;
  choice: string;
}) {
  const visitor = site.visitor();
  const fields = { choice, comment: 'x' };
  const check = await visitor.submit(await visitor.get(`/a/${link}`), { has: 'choice', fields });
  const hidden = check.root.querySelectorAll('input[type=hidden]');
  const confirmed = Object.fromEntries(hidden.map((it) => [it.getAttribute('name'), it.getAttribute('value')]));
  const [selector, secret] = sender.split('.');
  const url = `/a/${selector}/decision`;
  const proof = formProof(secret!);
  return (changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    site.app.inject({
      method: 'POST',
      url,
      headers: { ...headersOf(site, sender), ...headers },
      payload: new URLSearchParams({ ...(confirmed as Record<string, string>), proof, ...changes }).toString(),
    });
}

function headersOf(site: Site, link: string): Record<string, string> {
  const [selector, secret] = link.split('.');
  const cookie = `a-${selector}=${secret}`;
  return { origin: site.baseUrl, cookie, 'content-type': 'application/x-www-form-urlencoded' };
}
