import { createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { renderToString } from 'preact-render-to-string';
import type { Office } from '../domain/treaty.ts';

/** What every page shows of the site itself, given once per process and not to each page. */
export type Site = {
  office: Office;
  /** The treaty's zone: times are shown in it, and say so. */
  timeZone: string;
  /** The address of an asset, with the fingerprint of its content. */
  asset: (name: string) => string;
};

const SiteContext = createContext<Site | null>(null);

/** The site, for a page or a part of one. */
export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error('A page is rendered by renderPage');
  return site;
}

/** The whole document of a page. */
export function renderPage({ page, site }: { page: VNode; site: Site }): string {
  return `<!doctype html>${renderToString(<SiteContext.Provider value={site}>{page}</SiteContext.Provider>)}`;
}
