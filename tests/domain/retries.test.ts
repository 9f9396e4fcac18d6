import { describe, expect, test } from 'vitest';
import { nextAttempt } from '../../src/domain/retries.ts';
import { after, days, hours, minutes, NOON } from '../builders.ts';

describe('trying again', () => {
  test.each([
    [1, minutes(1)],
    [2, minutes(5)],
    [3, minutes(30)],
    [4, hours(2)],
    [5, hours(6)],
    [6, hours(12)],
    [7, hours(24)],
  ])('after attempt %i waits', (attempts, wait) => {
    expect(nextAttempt({ attempts, firstTriedAt: NOON }, NOON, 0.5)).toEqual(after(NOON, wait));
  });

  test('is spread out, a tenth to either side', () => {
    const tried = { attempts: 4, firstTriedAt: NOON };
    expect(nextAttempt(tried, NOON, 0)).toEqual(after(NOON, hours(1.8)));
    expect(nextAttempt(tried, NOON, 1)).toEqual(after(NOON, hours(2.2)));
  });

  test.each([
    ['the last waits are over', 8],
    ['a process was killed by it again and again', 13],
  ])('happens once more when two days are over, after %s', (_, attempts) => {
    const tried = { attempts, firstTriedAt: NOON };
    expect(nextAttempt(tried, after(NOON, hours(3)), 1)).toEqual(after(NOON, days(2)));
    expect(nextAttempt(tried, after(NOON, days(2)), 1)).toBeNull();
  });

  test('never goes past the two days', () => {
    const late = after(NOON, days(2) - minutes(1));
    expect(nextAttempt({ attempts: 7, firstTriedAt: NOON }, late, 1)).toEqual(after(NOON, days(2)));
  });
});
