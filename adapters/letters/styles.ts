/**
 * The look of a letter's body. Inline, because mail programs drop style sheets; the classes only serve dark mode, whose
 * colours are in `templates/_layout/letter.html.hbs`.
 */
export const STYLES: Record<string, { style: string; class?: string }> = {
  p: { style: 'margin:0 0 16px' },
  h1: { style: 'margin:0 0 16px;font-size:20px;line-height:28px;font-weight:bold' },
  h2: { style: 'margin:24px 0 8px;font-size:16px;line-height:24px;font-weight:bold' },
  ul: { style: 'margin:0 0 16px;padding:0 24px' },
  ol: { style: 'margin:0 0 16px;padding:0 24px' },
  li: { style: 'margin:0 0 6px' },
  a: { style: 'color:#1d4f91;text-decoration:underline;overflow-wrap:anywhere', class: 'link' },
  code: { style: 'font-family:Consolas,Menlo,monospace;font-size:14px;word-break:break-all' },
};

/** A coloured cell with a link, which the Word engine of Outlook also shows, and the plain link below it. */
export function button({ label, href }: { label: string; href: string }): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:8px 0 12px">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td bgcolor="#1d4f91" style="background-color:#1d4f91;border-radius:4px;padding:12px 24px;text-align:center">
<a href="${href}" style="color:#ffffff;font-size:16px;font-weight:bold;text-decoration:none">${label}</a></td>
</tr></table></td></tr></table>
<p class="quiet" style="margin:0 0 20px;font-size:13px;line-height:20px;color:#505a5f">
<a href="${href}" class="link" style="color:#1d4f91;text-decoration:underline;word-break:break-all">${href}</a></p>
`;
}
