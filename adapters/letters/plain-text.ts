import { compile } from 'html-to-text';

const convert = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The plain text of a letter's bare HTML, placeholders and links included; a condition stands on a line of its own. */
export function plainTextOf(bareHtml: string): string {
  return convert(bareHtml)
    .replace(/(\S+) <https:\/\/\1>/g, 'https://$1')
    .replace(/^( *- )(\{\{#[^{}]*\}\})(.*)(\{\{\/\w+\}\})$/gm, '$2\n$1$3\n$4');
}
