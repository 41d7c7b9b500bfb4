/**
 * One email address, strictly: what is not plainly one mailbox at one internet domain is refused, because the mail
 * library would read `a@b.example\r\nBcc: c@d.example` or `x: a@b.example, c@d.example;` as more than one recipient.
 */

const FAULTS: [RegExp, string][] = [
  [/\p{C}/u, 'The address holds a line break or another invisible character.'],
  [/^\s*$/, 'The address is empty.'],
  [/^.{255,}$/, 'The address is longer than 254 characters.'],
  [/"/, 'The address has a part in quotation marks, which is not accepted.'],
  [/[()]/, 'The address holds a comment in brackets; write the address alone.'],
  [/[<>]/, 'The address is inside < >; write the address alone, without a name.'],
  [/\[/, 'The address names a numbered machine; its domain must be a name like mission.example.'],
  [/[,;:]/, 'The address holds a comma, semicolon or colon; write one address only.'],
  [/\s/, 'The address holds a space.'],
  [/^[^@]*$/, 'The address has no @.'],
  [/@.*@/, 'The address has more than one @.'],
  [/^@/, 'The address has nothing before the @.'],
  [/^[^@]{65}/, 'The address has more than 64 characters before the @.'],
  [/^(?:\.|[^@]*\.[.@])/, 'The address has a dot at the wrong place before the @.'],
  [/^[^@]*[^\w!#$%&'*+/=?^`{|}~.@-]/, 'The address has letters before the @ that mail servers do not all deliver.'],
  [/@[^.]*$/, 'The address has no dot after the @.'],
];

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LAST_LABEL = /^([a-z]{2,}|xn--[a-z0-9-]+)$/;

/**
 * The address in the form it is stored and sent to: the domain in small letters and, when it is an international one,
 * in its `xn--` form. Otherwise a sentence that says what is wrong with it.
 */
export function emailAddress(text: string): { address: string } | { problem: string } {
  const written = text.replace(/^ +| +$/g, '');
  const fault = FAULTS.find(([pattern]) => pattern.test(written));
  if (fault) return { problem: fault[1] };
  const [mailbox = '', domain = ''] = written.split('@');
  const ascii = asciiDomain(domain);
  if (!ascii) return { problem: 'The address has a domain that cannot exist.' };
  const address = `${mailbox}@${ascii}`;
  return address.length > 254 ? { problem: 'The address is longer than 254 characters.' } : { address };
}

function asciiDomain(domain: string): string | null {
  const url = /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) ? `http://${domain}` : '';
  const ascii = URL.canParse(url) ? new URL(url).hostname : '';
  const labels = ascii.split('.');
  const possible =
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && LAST_LABEL.test(labels.at(-1) ?? '');
  return possible ? ascii : null;
}
