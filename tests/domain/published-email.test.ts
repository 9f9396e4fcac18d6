import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEmails } from '../../src/domain/published-email.ts';

const COUNCIL = { website: 'https://www.anyborough.com/', moderngov: 'https://anyborough.moderngov.co.uk' };
const read = (...fields: string[]) => readEmails(fields, COUNCIL).map(({ address }) => address);

describe('what a council typed as an email address', () => {
  test.each([
    ['ada@anyborough.gov.uk (for ward specific issues)', ['ada@anyborough.gov.uk']],
    ['ada@anyborough.gov.uk;home@mail.example', ['ada@anyborough.gov.uk', 'home@mail.example']],
    ['ada@anyborough.gov.uk, home@mail.example', ['ada@anyborough.gov.uk', 'home@mail.example']],
    ['ada@anyborough.gov.uk (not old@anyborough.gov.uk)', ['ada@anyborough.gov.uk']],
    ["mailto:ada.o'example@anyborough.gov.uk", ["ada.o'example@anyborough.gov.uk"]],
    ['<ada@anyborough.gov.uk>', ['ada@anyborough.gov.uk']],
    ['01632 960001', []],
    ['ada@anyborough.gov.u', []],
    ['ada@anyborough.gov.', []],
    ['ada@anyborough.gov', []],
    ['ada@anyborough', []],
    ['cllrada@', []],
    ['ada@@anyborough.gov.uk', []],
    ['.ada@anyborough.gov.uk', []],
    ['ada..b@anyborough.gov.uk', []],
    ['ada@-anyborough.gov.uk', []],
    ['', []],
    [`${'a'.repeat(65)}@anyborough.gov.uk`, []],
    [`a@${'abcdefghi.'.repeat(26)}uk`, []],
  ])('"%s"', (field, addresses) => {
    expect(read(field)).toEqual(addresses);
  });

  test('puts official ones first, and each once', () => {
    expect(readEmails(['home@mail.example', 'ada@other.gov.uk Ada@Other.gov.uk a@anyborough.com'], COUNCIL)).toEqual([
      { address: 'ada@other.gov.uk', kind: 'official' },
      { address: 'a@anyborough.com', kind: 'official' },
      { address: 'home@mail.example', kind: 'personal' },
    ]);
  });

  test('holds a neighbour of the host of ModernGov for personal', () => {
    expect(readEmails(['a@otherborough.moderngov.co.uk'], COUNCIL)).toMatchObject([{ kind: 'personal' }]);
  });

  test('gives nothing that could end a header or begin another address', () => {
    assert(
      property(
        array(constantFrom('a', '@', '.', 'b.uk', '\r\n', ',', '<', '>', '"', ' ', '(', '\u0000', ':')),
        (pieces) => {
          for (const address of read(pieces.join(''))) expect(address).toMatch(/^[^\s<>",;:()]+@[a-z0-9.-]+$/i);
        },
      ),
    );
  });
});
