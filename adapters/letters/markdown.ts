import MarkdownIt from 'markdown-it';
import { button, STYLES } from './styles.ts';

/** A letter's body after Markdown, its `{{placeholders}}` still in it: as HTML with styles, and as bare HTML. */
export type Body = { styled: string; bare: string; links: Link[] };

/** A placeholder that stands as the address of a link; its value must be one. */
export type Link = { field: string; kind: 'url' | 'address' };

/** A link whose address is put together from pieces, which no value check could vouch for. */
export class BadLink extends Error {}

type Token = ReturnType<MarkdownIt['parse']>[number];
type Look = { styles: Record<string, { style: string; class?: string }>; button: typeof button };

const BARE: Look = { styles: {}, button: ({ label, href }) => `<p>${label}<br>${href}</p>\n` };
const STYLED: Look = { styles: STYLES, button };

/**
 * Markdown is read once, while the placeholders are opaque marks: no value ever meets the Markdown parser, so whatever
 * it holds (`*`, `_`, `[x](y)`, backticks, HTML) comes out as it is.
 */
export function readMarkdown(source: string): Body {
  const tags: string[] = [];
  const marked = source.replace(/\{\{!--[\s\S]*?--\}\}|\{\{[^{}]*\}\}/g, (tag) => {
    if (tag.startsWith('{{!')) return '';
    return `\uE000${tags.push(tag) - 1}\uE001`;
  });
  const unmark = (text: string) => text.replace(/\uE000(\d+)\uE001/g, (_, index) => tags[Number(index)] ?? '');
  const html = (look: Look) => unmark(liftBlocks(render(marked, look), tags));
  const links = addresses(parser.parse(marked, {})).flatMap((href) => linkOf(unmark(href)));
  return { styled: html(STYLED), bare: html(BARE), links };
}

const parser = new MarkdownIt({ html: false });
parser.normalizeLink = (url) => url;

function render(source: string, look: Look): string {
  const tokens = asButtons(parser.parse(source, {}), look);
  for (const token of tokens.flatMap((each) => [each, ...(each.children ?? [])])) {
    const styled = token.nesting >= 0 ? look.styles[token.tag] : undefined;
    if (styled) token.attrSet('style', styled.style);
    if (styled?.class) token.attrSet('class', styled.class);
  }
  return parser.renderer.render(tokens, parser.options, {});
}

/** A link alone in its paragraph becomes a button. */
function asButtons(tokens: Token[], look: Look): Token[] {
  return tokens.flatMap((token, at) => {
    const inline = token.type === 'paragraph_open' ? tokens[at + 1] : tokens[at - (token.type === 'inline' ? 0 : 1)];
    const [open, text, close, ...rest] = inline?.children ?? [];
    const alone = open?.type === 'link_open' && text?.type === 'text' && close?.type === 'link_close' && !rest.length;
    if (!alone || tokens[tokens.indexOf(inline as Token) - 1]?.type !== 'paragraph_open') return [token];
    if (token.type !== 'inline') return [];
    token.type = 'html_block';
    token.children = null;
    const escape = parser.utils.escapeHtml;
    token.content = look.button({ label: escape(text.content), href: escape(open.attrGet('href') ?? '') });
    return [token];
  });
}

/** A condition alone in a paragraph is not a paragraph, and one that holds a whole list item holds the item too. */
function liftBlocks(html: string, tags: string[]): string {
  const isBlock = (index: string) => /^\{\{(?:[#/]|else\b)/.test(tags[Number(index)] ?? '');
  return html
    .replace(/<p[^>]*>\s*\uE000(\d+)\uE001\s*<\/p>/g, (whole, index) =>
      isBlock(index) ? `\uE000${index}\uE001` : whole,
    )
    .replace(/(<li[^>]*>)\s*\uE000(\d+)\uE001(.*)\uE000(\d+)\uE001\s*<\/li>/g, (whole, item, open, inner, close) =>
      isBlock(open) && isBlock(close) ? `\uE000${open}\uE001${item}${inner}</li>\uE000${close}\uE001` : whole,
    );
}

function addresses(tokens: Token[]): string[] {
  return tokens.flatMap((token) => [
    ...(token.type === 'link_open' ? [token.attrGet('href') ?? ''] : []),
    ...addresses(token.children ?? []),
  ]);
}

function linkOf(href: string): Link[] {
  const [, mail, field] = /^(mailto:)?\{\{(\w+)\}\}$/.exec(href) ?? [];
  if (field) return [{ field, kind: mail ? 'address' : 'url' }];
  if (href.includes('{{')) throw new BadLink(`the link ${href} must be one placeholder or mailto: and one`);
  if (!/^(https:\/\/|mailto:)/.test(href)) throw new BadLink(`the link ${href} must start with https:// or mailto:`);
  return [];
}
