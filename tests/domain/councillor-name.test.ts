import { describe, expect, test } from 'vitest';
import { readName, salutationName, saysVacant } from '../../src/domain/councillor-name.ts';

describe('a councillor’s name as councils publish it', () => {
  test.each([
    ['Councillor Ada Example', 'Ada Example', 'Example'],
    ['Cllr Ada Example', 'Ada Example', 'Example'],
    ['Councillor Sir Ada van der Example OBE (Deputy Mayor)', 'Sir Ada van der Example', 'van der Example'],
    ['Councillor Dr. Ada Example JP', 'Dr. Ada Example', 'Example'],
    ['Councillor Ada Example-Specimen', 'Ada Example-Specimen', 'Example-Specimen'],
    ['Councillor Mrs Ada Example', 'Ada Example', 'Example'],
    ['The Lord Mayor, Councillor Ada Example', 'Ada Example', 'Example'],
    ['Example, Ada', 'Ada Example', 'Example'],
    ['CLLR ADA EXAMPLE', 'Ada Example', 'Example'],
  ])('%s is %s', (published, name, surname) => {
    expect(readName(published)).toEqual({ name, surname });
  });

  test('of one word is said whole', () => {
    expect(salutationName('Prabhu')).toBe('Prabhu');
  });

  test.each(['Vacant seat', 'VACANCY', 'Councillor Vacant', '', ' '])('"%s" is nobody', (published) => {
    expect(saysVacant(published)).toBe(true);
  });

  test('that only begins like a vacancy is somebody', () => {
    expect(saysVacant('Councillor Ada Vacanti')).toBe(false);
  });
});
