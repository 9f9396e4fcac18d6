import { describe, expect, test } from 'vitest';
import { forgiven, healthAfter, usableEmail, type ContactHealth } from '../../src/domain/contact.ts';
import { after, NOON } from '../builders.ts';

const HEALTHY: ContactHealth = { deliveredAt: null, bouncedAt: null, hardBounces: 0, failingSince: null };

describe('an address', () => {
  test('fails after two hard bounces', () => {
    const once = healthAfter(HEALTHY, 'hard bounce', NOON);
    expect(once).toEqual({ ...HEALTHY, bouncedAt: NOON, hardBounces: 1 });

    const later = after(NOON, 1);
    expect(healthAfter(once, 'hard bounce', later)).toEqual({
      ...HEALTHY,
      bouncedAt: later,
      hardBounces: 2,
      failingSince: later,
    });
  });

  test('fails at once when it is refused', () => {
    expect(healthAfter(HEALTHY, 'refused', NOON)).toEqual({ ...HEALTHY, bouncedAt: NOON, failingSince: NOON });
  });

  test('that takes a mail starts counting again', () => {
    const once = healthAfter(HEALTHY, 'hard bounce', NOON);
    const taken = healthAfter(once, 'delivered', after(NOON, 1));
    expect(taken).toMatchObject({ deliveredAt: after(NOON, 1), hardBounces: 0 });
    expect(healthAfter(taken, 'hard bounce', after(NOON, 2)).failingSince).toBeNull();
  });

  test('that fails is not made good by a mail that was on its way', () => {
    const failing = healthAfter(HEALTHY, 'refused', NOON);
    expect(healthAfter(failing, 'delivered', after(NOON, 1)).failingSince).toEqual(NOON);
    expect(healthAfter(failing, 'refused', after(NOON, 1)).failingSince).toEqual(NOON);
  });

  test('is forgiven what happened before a person confirmed it, and nothing later', () => {
    const failing = healthAfter(HEALTHY, 'refused', NOON);
    expect(forgiven(failing, NOON)).toMatchObject({ failingSince: null, hardBounces: 0, bouncedAt: NOON });
    expect(forgiven(failing, after(NOON, -1))).toEqual(failing);
  });
});

describe('the address to write to', () => {
  const official = { email: 'a@council.gov.uk', kind: 'official', failingSince: null } as const;
  const second = { ...official, email: 'b@council.gov.uk' };
  const personal = { email: 'a@mail.example', kind: 'personal', failingSince: null } as const;

  test.each([
    ['none', [], null],
    ['the first official one', [official, second, personal], official.email],
    ['the next official one when the first fails', [{ ...official, failingSince: NOON }, second], second.email],
    ['an official one before a personal one that stands first', [personal, official], official.email],
    ['a personal one where no other is published', [personal], personal.email],
    ['no personal one because the official one fails', [{ ...official, failingSince: NOON }, personal], null],
    ['none when all fail', [{ ...personal, failingSince: NOON }], null],
  ])('is %s', (_, contacts, email) => {
    expect(usableEmail(contacts)).toBe(email);
  });
});
