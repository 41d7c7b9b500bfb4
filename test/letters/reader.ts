import { convert } from 'html-to-text';

/** What someone reads in a mail program that shows the HTML part. */
export function readHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'a', options: { ignoreHref: true } },
    ],
  });
}

/** The words alone: wrapping, list marks and non-breaking spaces do not matter to what a letter says. */
export function words(text: string): string {
  return text
    .replace(/^ *[-*] /gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The addresses the HTML part leads to. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => unescapeHtml(href ?? ''));
}

/** Names of all elements, in order: no value may add one. */
export function elementsIn(html: string): string[] {
  return [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<(\/?[a-z0-9]+)/g)].map(([, name]) => name ?? '');
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
