import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareInOwnWords } from '../../src/domain/originality.js';

const TEMPLATE = 'I live in Southwark, and I ask whether the council uses Hikvision cameras in our streets.';

describe('the share of a letter in its writer’s own words', () => {
  test('is nothing for the template word for word', () => {
    expect(shareInOwnWords(TEMPLATE, TEMPLATE)).toBe(0);
  });

  test('does not count changes of case, punctuation and line breaks', () => {
    expect(shareInOwnWords(TEMPLATE.toUpperCase().replace(/,/g, ' -\n'), TEMPLATE)).toBe(0);
  });

  test('is everything for a letter that has nothing in common with it', () => {
    expect(shareInOwnWords('My mother fled Lhasa in 1959 and has not seen her brothers since.', TEMPLATE)).toBe(1);
  });

  test('is about half for a letter with as many words of its own', () => {
    const own = 'My mother fled Lhasa in 1959 and she has not seen her brothers ever since.';
    expect(shareInOwnWords(`${TEMPLATE} ${own}`, TEMPLATE)).toBeGreaterThan(0.45);
    expect(shareInOwnWords(`${TEMPLATE} ${own}`, TEMPLATE)).toBeLessThan(0.6);
  });

  test.each([
    ['', 0],
    ['   ', 0],
    ['Hello', 1],
  ])('of %j is %d', (letter, share) => {
    expect(shareInOwnWords(letter, TEMPLATE)).toBe(share);
  });

  test('reads Welsh, Tibetan and emoji without complaint', () => {
    expect(shareInOwnWords('Rwy’n byw yng Nghaerdydd བོད་ 🏔️ ac rwy’n ysgrifennu', TEMPLATE)).toBe(1);
  });

  test('is always between nothing and everything', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (letter, template) => {
        const share = shareInOwnWords(letter, template);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});
