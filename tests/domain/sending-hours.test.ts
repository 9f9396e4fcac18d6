import { assert, date, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursIn, nextWithin } from '../../src/domain/sending-hours.ts';

const OFFICE = { from: 8 * 60, until: 20 * 60 };

describe('hours in which letters go out', () => {
  test.each([
    ['08:00-20:00', OFFICE],
    ['8:30 – 17:45', { from: 510, until: 1065 }],
    ['00:00-24:00', { from: 0, until: 1440 }],
  ])('%s', (text, hours) => {
    expect(hoursIn(text)).toEqual(hours);
  });

  test.each(['', '8-20', '20:00-08:00', '08:00-08:00', '08:60-20:00', '25:00-26:00', '08:00-24:30', '08:00'])(
    'are not "%s"',
    (text) => {
      expect(hoursIn(text)).toBeUndefined();
    },
  );

  test.each([
    ['in the middle of the day: at once', '2026-11-25T12:34:56Z', '2026-11-25T12:34:56.000Z'],
    ['as they begin: at once', '2026-11-25T08:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['as they end: tomorrow', '2026-11-25T20:00:00Z', '2026-11-26T08:00:00.000Z'],
    ['before they begin', '2026-11-25T03:15:20Z', '2026-11-25T08:00:00.000Z'],
    ['in summer, an hour earlier by the sun', '2026-07-01T03:15:00Z', '2026-07-01T07:00:00.000Z'],
    ['the night the clocks go forward', '2027-03-27T22:00:00Z', '2027-03-28T07:00:00.000Z'],
    ['the night the clocks go back', '2026-10-24T21:00:00Z', '2026-10-25T08:00:00.000Z'],
  ])('%s', (_, now, next) => {
    expect(nextWithin(OFFICE, new Date(now)).toISOString()).toBe(next);
  });

  test('that begin in the hour that does not exist begin after it', () => {
    const night = { from: 90, until: 300 };
    expect(nextWithin(night, new Date('2027-03-28T00:10:00Z')).toISOString()).toBe('2027-03-28T01:30:00.000Z');
  });

  test('are never in the past, never more than a day and an hour away, and once reached they are there', () => {
    const anyTime = date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    const within = property(anyTime, integer({ min: 180, max: 1400 }), (now, from) => {
      const hours = { from, until: from + 30 };
      const next = nextWithin(hours, now);
      expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      expect(nextWithin(hours, next)).toEqual(next);
    });
    assert(within, { numRuns: 2_000 });
  });
});
