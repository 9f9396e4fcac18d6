import { describe, expect, test } from 'vitest';
import { cutAfterSalutation } from '../../src/domain/opening.ts';

describe('a letter cut after its salutation', () => {
  test('is its opening and the rest', () => {
    expect(cutAfterSalutation('1 May\n\nDear Ada,\n\nI live here.\n\nYours', 'Dear Ada')).toEqual({
      opening: '1 May\n\nDear Ada,',
      rest: 'I live here.\n\nYours',
    });
  });

  test('finds a name that was tidied when the letter was filled', () => {
    expect(cutAfterSalutation('Dear Ada Example,\n\nHello', 'Dear Ada\u00A0 Example').opening).toBe(
      'Dear Ada Example,',
    );
  });

  test('with nothing behind it leaves nothing', () => {
    expect(cutAfterSalutation('Dear Ada,', 'Dear Ada')).toEqual({ opening: 'Dear Ada,', rest: '' });
  });

  test.each([
    ['Hello all,\n\nI live here.', 'Dear Ada'],
    ['Hello', ''],
  ])('without one has no opening: %j', (letter, said) => {
    expect(cutAfterSalutation(letter, said)).toEqual({ opening: '', rest: letter });
  });
});
