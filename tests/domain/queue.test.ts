import { describe, expect, test } from 'vitest';
import { alarmsIn, underRestraints, type QueueReading, type Restraints, type Waiting } from '../../src/domain/queue.ts';
import { after, before, hours, minutes, NOON } from '../builders.ts';

const due = (ago: number, stands: Waiting['stands'] = 'due'): Waiting => {
  return { kind: 'letter', stands, total: 1, oldestDueAt: before(NOON, ago) };
};
const deliveries = (states: Record<string, number>) => new Map(Object.entries(states));
const alarmsOf = (reading: Partial<QueueReading>) =>
  alarmsIn({ waiting: [], deliveries: new Map(), ...reading }, NOON).map(({ kind }) => kind);

describe('an alarm', () => {
  test('is not raised over an empty outbox', () => {
    expect(alarmsOf({})).toEqual([]);
  });

  test('is raised when mail is over an hour late, whether or not somebody has it in hand', () => {
    expect(alarmsOf({ waiting: [due(minutes(3)), due(hours(1) + 1)] })).toEqual(['late']);
    expect(alarmsOf({ waiting: [due(hours(1) + 1, 'in hand')] })).toEqual(['late']);
  });

  test('is not raised when mail is an hour late or less, is to be tried again later, or is held up on purpose', () => {
    expect(alarmsOf({ waiting: [due(hours(1))] })).toEqual([]);
    expect(alarmsOf({ waiting: [due(-hours(20), 'later')] })).toEqual([]);
    expect(alarmsOf({ waiting: [due(hours(20), 'paused'), due(hours(20), 'out of hours')] })).toEqual([]);
  });

  test('is raised when more than one delivery in twenty comes back', () => {
    expect(alarmsOf({ deliveries: deliveries({ 'handed over': 18, refused: 2 }) })).toEqual(['bouncing']);
    expect(alarmsOf({ deliveries: deliveries({ 'handed over': 10, delivered: 8, bounced: 2 }) })).toEqual(['bouncing']);
  });

  test('is not raised by one in twenty, by few deliveries, or by those that nobody would take or that were called off', () => {
    expect(alarmsOf({ deliveries: deliveries({ 'handed over': 19, refused: 1 }) })).toEqual([]);
    expect(alarmsOf({ deliveries: deliveries({ 'handed over': 9, refused: 10 }) })).toEqual([]);
    expect(alarmsOf({ deliveries: deliveries({ 'handed over': 30, 'given up': 30, 'called off': 30 }) })).toEqual([]);
  });
});

describe('under restraints', () => {
  const FREE: Restraints = { hours: null, resumedAt: undefined };
  const BY_DAY = { from: 8 * 60, until: 20 * 60 };
  const BY_EVENING = { from: 18 * 60, until: 20 * 60 };
  const since = (waiting: Waiting, restraints: Partial<Restraints>, now = NOON) => {
    const { stands, oldestDueAt } = underRestraints(waiting, { ...FREE, ...restraints }, now);
    return [stands, oldestDueAt];
  };
  const letter = due(hours(2));
  const confirmation = { ...letter, kind: 'confirmation' } as const;

  test('nothing is late for what it was without any', () => {
    expect(since(letter, {})).toEqual(['due', before(NOON, hours(2))]);
  });

  test('mail is late from when it was let go on, where that is later', () => {
    expect(since(letter, { resumedAt: before(NOON, minutes(5)) })).toEqual(['due', before(NOON, minutes(5))]);
    expect(since(letter, { resumedAt: before(NOON, hours(3)) })).toEqual(['due', before(NOON, hours(2))]);
    expect(since(due(hours(2), 'in hand'), { resumedAt: NOON })).toEqual(['in hand', NOON]);
  });

  test('a letter is not due outside the hours in which letters go', () => {
    expect(since(letter, { hours: BY_EVENING })).toEqual(['out of hours', after(NOON, hours(6))]);
    expect(since(confirmation, { hours: BY_EVENING })).toEqual(['due', before(NOON, hours(2))]);
  });

  test('a letter of the night is late from the morning on', () => {
    const night = due(hours(9)); // three in the morning
    expect(since(night, { hours: BY_DAY })).toEqual(['due', before(NOON, hours(4))]);
  });

  test('a letter of the day stays late in the evening', () => {
    expect(since(letter, { hours: BY_DAY }, after(NOON, hours(10)))).toEqual(['due', before(NOON, hours(2))]);
  });

  test('what is to go later, or waits for a person, is as it was', () => {
    for (const stands of ['later', 'paused'] as const)
      expect(since(due(hours(2), stands), { hours: BY_DAY, resumedAt: NOON })).toEqual([
        stands,
        before(NOON, hours(2)),
      ]);
  });
});
