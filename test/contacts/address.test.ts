import fc from 'fast-check';
import { emailAddress } from '../../domain/address.ts';

describe('one email address', () => {
  it.each([
    ['mission.geneve@example.org', 'mission.geneve@example.org'],
    ['mission+ccm@example.org', 'mission+ccm@example.org'],
    ["o'brien@mission-ireland.example", "o'brien@mission-ireland.example"],
    ['First.Last@Mission.EXAMPLE', 'First.Last@mission.example'],
    ['  spaces.around@mission.example ', 'spaces.around@mission.example'],
    ['post@genève.example', 'post@xn--genve-6ra.example'],
    ['post@xn--genve-6ra.example', 'post@xn--genve-6ra.example'],
    ['post@例え.テスト', 'post@xn--r8jz45g.xn--zckzah'],
    [`a@${'b'.repeat(63)}.example`, `a@${'b'.repeat(63)}.example`],
  ])('%s is read as %s', (written, address) => {
    expect(emailAddress(written)).toEqual({ address });
  });

  it.each([
    ['', 'The address is empty.'],
    ['   ', 'The address is empty.'],
    ['mission', 'The address has no @.'],
    ['a@b@mission.example', 'The address has more than one @.'],
    ['@mission.example', 'The address has nothing before the @.'],
    ['a@localhost', 'The address has no dot after the @.'],
    ['a@', 'The address has no dot after the @.'],
    ['"a b"@mission.example', 'The address has a part in quotation marks, which is not accepted.'],
    ['a(the mission)@mission.example', 'The address holds a comment in brackets; write the address alone.'],
    ['The Mission <a@mission.example>', 'The address is inside < >; write the address alone, without a name.'],
    ['missions: a@mission.example;', 'The address holds a comma, semicolon or colon; write one address only.'],
    ['a@mission.example, c@mission.example', 'The address holds a comma, semicolon or colon; write one address only.'],
    ['a@mission.example;', 'The address holds a comma, semicolon or colon; write one address only.'],
    ['a@mission.example c@mission.example', 'The address holds a space.'],
    ['a@mission.example\r\nBcc: z@else.example', 'The address holds a line break or another invisible character.'],
    ['a@mission.example\n', 'The address holds a line break or another invisible character.'],
    ['a\u0000@mission.example', 'The address holds a line break or another invisible character.'],
    ['a\u202e@mission.example', 'The address holds a line break or another invisible character.'],
    ['a\ud800@mission.example', 'The address holds a line break or another invisible character.'],
    ['a\u200b@mission.example', 'The address holds a line break or another invisible character.'],
    ['.a@mission.example', 'The address has a dot at the wrong place before the @.'],
    ['a.@mission.example', 'The address has a dot at the wrong place before the @.'],
    ['a..b@mission.example', 'The address has a dot at the wrong place before the @.'],
    ['é@mission.example', 'The address has letters before the @ that mail servers do not all deliver.'],
    ['а@mission.example', 'The address has letters before the @ that mail servers do not all deliver.'],
    ['a\\b@mission.example', 'The address has letters before the @ that mail servers do not all deliver.'],
    [`${'a'.repeat(65)}@mission.example`, 'The address has more than 64 characters before the @.'],
    [`a@${`${'b'.repeat(60)}.`.repeat(4)}example.com`, 'The address is longer than 254 characters.'],
    [`a@${`${'é'.repeat(30)}.`.repeat(7)}example`, 'The address is longer than 254 characters.'],
    ['a@[192.0.2.1]', 'The address names a numbered machine; its domain must be a name like mission.example.'],
    ['a@[IPv6:2001:db8::1]', 'The address names a numbered machine; its domain must be a name like mission.example.'],
    ['a@192.0.2.1', 'The address has a domain that cannot exist.'],
    ['a@0x7f.1', 'The address has a domain that cannot exist.'],
    ['a@mission..example', 'The address has a domain that cannot exist.'],
    ['a@mission.example.', 'The address has a domain that cannot exist.'],
    ['a@-mission.example', 'The address has a domain that cannot exist.'],
    ['a@mission.example/path', 'The address has a domain that cannot exist.'],
    ['a@mission.e', 'The address has a domain that cannot exist.'],
    ['a@mission.ex%61mple', 'The address has a domain that cannot exist.'],
    [`a@${'b'.repeat(64)}.example`, 'The address has a domain that cannot exist.'],
  ])('%j is refused', (written, problem) => {
    expect(emailAddress(written)).toEqual({ problem });
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,10}[a-z0-9])?$/);
  const word = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/);
  const mailbox = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'));
  const domain = fc.tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,10}$/));

  it('that is written as addresses are comes back unchanged', () => {
    fc.assert(
      fc.property(mailbox, domain, (before, [labels, last]) => {
        const address = `${before}@${[...labels, last].join('.')}`;
        expect(emailAddress(address)).toEqual({ address });
      }),
    );
  });

  it('never becomes two, whatever is written', () => {
    const signs = ['a', 'é', '@', '.', ',', ';', ':', '"', '<', '>', '(', '\r\n', ' ', 'mission.example'];
    const like = fc.array(fc.constantFrom(...signs)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(like, fc.string({ unit: 'binary', maxLength: 300 })), (written) => {
        const read = emailAddress(written);
        if ('problem' in read) return;
        expect(read.address).toMatch(/^[\x21-\x7e]{3,254}$/);
        expect(read.address).not.toMatch(/[\s,;:"<>()[\]\\]/);
        expect(read.address.split('@')).toHaveLength(2);
        expect(emailAddress(read.address)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it('of 64 kB is refused at once', () => {
    expect(emailAddress('a.'.repeat(32_000))).toEqual({ problem: 'The address is longer than 254 characters.' });
  });
});
