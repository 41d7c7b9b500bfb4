import MarkdownIt from 'markdown-it';
import { button, STYLES } from './styles.ts';

/** A letter's body after Markdown, its `{{placeholders}}` still in it: as HTML with styles, and as bare HTML. */
type Body = { styled: string; bare: string; links: Link[] };

/** A placeholder that stands as the address of a link; its value must be one. */
export type Link = { field: string; kind: 'url' | 'address' };

/** A link whose address is put together from pieces, which no value check could vouch for. */
export class BadLink extends Error {
  readonly href: string;
  constructor(href: string, why: string) {
    super(`the link ${href} ${why}`);
    this.href = href;
  }
}

type Token = ReturnType<typeof parser.parse>[number];
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
  const links = addresses(parser.parse(marked, {})).flatMap((href) => linkOf(unmark(href)));
  const styled = liftBlocks(unmark(render(marked, STYLED)));
  return { styled, bare: unmark(render(marked, BARE)), links };
}

const parser = new MarkdownIt({ html: false });
parser.normalizeLink = (url) => url;
parser.disable('image');
const { escapeHtml } = parser.utils;

function render(source: string, look: Look): string {
  const tokens = asButtons(parser.parse(source, {}), look);
  // What a person wrote, in whatever language: a comment, a reason.
  for (const [at, token] of tokens.entries())
    if (token.type === 'paragraph_open' && /^\uE000\d+\uE001$/.test(tokens[at + 1]!.content))
      token.attrSet('dir', 'auto');
  for (const token of tokens.flatMap((each) => [each, ...(each.children ?? [])])) {
    const styled = token.nesting >= 0 ? look.styles[token.tag] : undefined;
    if (styled) token.attrSet('style', styled.style);
    if (styled?.class) token.attrSet('class', styled.class);
  }
  return parser.renderer.render(tokens, parser.options, {});
}

/** A link alone in its paragraph becomes a button. */
function asButtons(tokens: Token[], look: Look): Token[] {
  const shown: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const [open, label, close, ...rest] = (token.type === 'paragraph_open' && tokens[at + 1]?.children) || [];
    if (open?.type !== 'link_open' || label?.type !== 'text' || close?.type !== 'link_close' || rest.length) {
      shown.push(token);
      continue;
    }
    const href = escapeHtml(String(open.attrGet('href')));
    token.type = 'html_block';
    token.content = look.button({ label: escapeHtml(label.content), href });
    shown.push(token);
    at += 2;
  }
  return shown;
}

/** A condition alone in a paragraph is not a paragraph, and one that fills a list item holds the item itself. */
function liftBlocks(html: string): string {
  return html
    .replace(/<p[^>]*>\s*(\{\{(?:[#/]|else\b)[^{}]*\}\})\s*<\/p>/g, '$1')
    .replace(/(<li[^>]*>)\s*(\{\{#[^{}]*\}\})(.*)(\{\{\/\w+\}\})\s*<\/li>/g, '$2$1$3</li>$4');
}

function addresses(tokens: Token[]): string[] {
  return tokens.flatMap((token) => [
    ...(token.type === 'link_open' ? [String(token.attrGet('href'))] : []),
    ...addresses(token.children ?? []),
  ]);
}

function linkOf(href: string): Link[] {
  const [, mail, field] = /^(mailto:)?\{\{(\w+)\}\}$/.exec(href) ?? [];
  if (field) return [{ field, kind: mail ? 'address' : 'url' }];
  if (href.includes('{{')) throw new BadLink(href, 'must be one placeholder or mailto: and one');
  if (!/^(https:\/\/|mailto:)/.test(href)) throw new BadLink(href, 'must start with https:// or mailto:');
  return [];
}
