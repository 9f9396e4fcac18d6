import { describe, expect, test } from 'vitest';
import { canMove, confirm, CONFIRMATION_WINDOW } from '../../src/domain/letter.ts';
import { after, aLetter, NOON } from '../builders.ts';

describe('confirming a letter', () => {
  test('within a week makes it confirmed', () => {
    const letter = aLetter({ writtenAt: NOON });
    expect(confirm(letter, after(NOON, CONFIRMATION_WINDOW))).toEqual({
      ok: true,
      value: { ...letter, state: 'confirmed' },
    });
  });

  test('a moment after the week is too late', () => {
    expect(confirm(aLetter({ writtenAt: NOON }), after(NOON, CONFIRMATION_WINDOW + 1))).toEqual({
      ok: false,
      error: 'link-expired',
    });
  });

  test('twice is once', () => {
    expect(confirm(aLetter({ state: 'confirmed' }), NOON)).toEqual({ ok: false, error: 'already-confirmed' });
  });

  test('an expired letter is too late', () => {
    expect(confirm(aLetter({ state: 'expired' }), NOON)).toEqual({ ok: false, error: 'link-expired' });
  });
});

test('a confirmed letter never moves again', () => {
  expect(
    (['awaiting confirmation', 'confirmed', 'expired'] as const).filter((state) => canMove('confirmed', state)),
  ).toEqual([]);
});
