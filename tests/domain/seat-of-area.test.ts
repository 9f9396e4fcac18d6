import { describe, expect, test } from 'vitest';
import { holdersOf } from '../../src/domain/seat-of-area.ts';

describe('who holds the seats of a ward', () => {
  const ABBEY = { code: 'E05000001', name: 'Abbey' };
  const sits = (name: string, seat: string, seatCode: string | null = null) => ({ name, seat, seatCode });
  const list = (...councillors: ReturnType<typeof sits>[]) => ({ councillors, vacantSeats: [] });

  test('is known by its name, as the council writes it', () => {
    expect(holdersOf(ABBEY, list(sits('Ada', 'ABBEY WARD'), sits('Bo', 'Castle')), undefined)).toEqual({
      kind: 'found',
      seat: 'ABBEY WARD',
      holders: [sits('Ada', 'ABBEY WARD')],
    });
  });

  test('is known by its code before its name', () => {
    const coded = list(sits('Ada', 'Abbey', 'E05000099'), sits('Bo', 'Old Abbey', 'E05000001'));
    expect(holdersOf(ABBEY, coded, undefined)).toMatchObject({ seat: 'Old Abbey', holders: [{ name: 'Bo' }] });
  });

  test('is never somebody of another code, whatever the name', () => {
    expect(holdersOf(ABBEY, list(sits('Ada', 'Abbey', 'E05000099')), undefined)).toEqual({ kind: 'none' });
  });

  test('is what a person decided, before code and name', () => {
    const both = list(sits('Ada', 'Abbey', 'E05000001'), sits('Bo', 'Castle'));
    expect(holdersOf(ABBEY, both, 'Castle')).toMatchObject({ holders: [{ name: 'Bo' }] });
  });

  test('is looked for by name again once the decided seat is gone', () => {
    expect(holdersOf(ABBEY, list(sits('Ada', 'Abbey')), 'Castle')).toMatchObject({ seat: 'Abbey' });
  });

  test('is nobody where the seat is vacant', () => {
    const vacant = { councillors: [sits('Bo', 'Castle')], vacantSeats: ['Abbey Ward'] };
    expect(holdersOf(ABBEY, vacant, undefined)).toEqual({ kind: 'found', seat: 'Abbey Ward', holders: [] });
  });

  test('is in doubt where several seats could be meant, and nobody is named', () => {
    const two = list(sits('Ada', 'Abbey North'), sits('Bo', 'Abbey South'));
    expect(holdersOf(ABBEY, two, undefined)).toMatchObject({ kind: 'in-doubt' });
  });
});
