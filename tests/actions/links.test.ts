import { describe, expect, test } from 'vitest';
import { signedLinks } from '../../src/actions/links.ts';

const ID = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const links = signedLinks('a secret key that only the tests know');

describe('a signed link', () => {
  const token = links.tokenFor('confirm', ID);

  test('leads back to its letter', () => {
    expect(links.letterIn('confirm', token)).toBe(ID);
  });

  test('stands in an address as it is', () => {
    expect(encodeURIComponent(token)).toBe(token);
  });

  test('for one purpose is worth nothing for another', () => {
    expect(links.letterIn('status', token)).toBeUndefined();
  });

  test('of another secret is not ours', () => {
    expect(signedLinks('another secret key, as long as the first').letterIn('confirm', token)).toBeUndefined();
  });

  test('cut short anywhere is not ours', () => {
    for (let end = 0; end < token.length; end++) expect(links.letterIn('confirm', token.slice(0, end))).toBeUndefined();
  });

  test('with any one character changed is not ours', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === '0' ? '1' : '0';
      expect(links.letterIn('confirm', token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });

  test.each(['', '.', 'x'.repeat(10_000), '../../etc/passwd', `${token} `, `${token}\n`])(
    '%.20j is not ours',
    (text) => {
      expect(links.letterIn('confirm', text)).toBeUndefined();
    },
  );
});
