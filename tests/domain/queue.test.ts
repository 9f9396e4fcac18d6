import { describe, expect, test } from 'vitest';
import { alarmsIn, type QueueReading, type Waiting } from '../../src/domain/queue.ts';
import { before, hours, minutes, NOON } from '../builders.ts';

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

  test('is not raised when mail is an hour late or less, or is to be tried again later', () => {
    expect(alarmsOf({ waiting: [due(hours(1))] })).toEqual([]);
    expect(alarmsOf({ waiting: [due(-hours(20), 'later')] })).toEqual([]);
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
