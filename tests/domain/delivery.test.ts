import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canMoveDelivery, DELIVERY_LIFE, isUndelivered, type DeliveryState } from '../../src/domain/delivery.ts';
import { LETTER_LIFE } from '../../src/domain/letter.ts';
import { days } from '../builders.ts';

const STATES = Object.keys(DELIVERY_LIFE) as DeliveryState[];

describe('the life of a delivery', () => {
  test('never leads out of an end', () => {
    const ends = STATES.filter((state) => DELIVERY_LIFE[state].mayBecome.length === 0);
    expect(ends).toEqual(['refused', 'bounced', 'given up', 'called off', 'withdrawn']);
    for (const end of ends) expect(STATES.some((state) => canMoveDelivery(end, state))).toBe(false);
  });

  test('lets every state be reached from the first', () => {
    const reached = new Set<DeliveryState>(['queued']);
    for (const state of reached)
      for (const next of DELIVERY_LIFE[state].mayBecome as readonly DeliveryState[]) reached.add(next);
    expect([...reached].toSorted()).toEqual(STATES.toSorted());
  });

  test('becomes by time only what it may become', () => {
    for (const state of STATES) {
      const { mayBecome, atMost, thenBecomes } = DELIVERY_LIFE[state];
      expect(atMost === null).toBe(thenBecomes === null);
      expect(thenBecomes === null || (mayBecome as readonly string[]).includes(thenBecomes)).toBe(true);
    }
  });

  test('never fails by itself while a person has it', () => {
    expect(DELIVERY_LIFE.held).toMatchObject({ atMost: null, thenBecomes: null });
  });

  test('tells the writer of every end without a reader but their own', () => {
    expect(STATES.filter(isUndelivered)).toEqual(['refused', 'bounced', 'given up', 'called off']);
  });

  test('is drawn in the docs as it is', () => {
    const page = readFileSync(new URL('../../docs/delivery.md', import.meta.url), 'utf8');
    const rows = Object.entries({ ...LETTER_LIFE, ...DELIVERY_LIFE }).map(([state, life]) => {
      const next = life.mayBecome.length === 0 ? '' : life.mayBecome.join(', ');
      const stays = life.atMost === null ? '' : `${life.atMost / days(1)} days, then ${life.thenBecomes}`;
      return `| ${state} | ${next} | ${stays} |`;
    });
    for (const row of rows) expect(page).toContain(row);
  });
});
