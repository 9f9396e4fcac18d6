import { describe, expect, test } from 'vitest';
import { nextAskAfterAnswer, nextAskAfterFailure } from '../../src/domain/list-waits.ts';
import { after, hours, minutes, NOON } from '../builders.ts';

describe('a council is asked again', () => {
  test.each([
    [0, 18],
    [0.5, 24],
    [1, 30],
  ])('about a day after it answered: chance %d, %d hours', (chance, later) => {
    expect(nextAskAfterAnswer(NOON, chance)).toEqual(after(NOON, hours(later)));
  });

  test.each([
    [1, 10],
    [2, 20],
    [8, 1280],
    [9, 1440],
    [10_000, 1440],
  ])('after %d failures in a row, %d minutes later', (failures, later) => {
    expect(nextAskAfterFailure(failures, NOON)).toEqual(after(NOON, minutes(later)));
  });
});
