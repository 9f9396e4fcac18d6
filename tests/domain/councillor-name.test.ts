import { describe, expect, test } from 'vitest';
import { readName, salutationName, saysVacant } from '../../src/domain/councillor-name.ts';

describe('a published name', () => {
  test.each([
    ['Councillor Sir Ada van der Example OBE (Deputy Mayor)', 'Sir Ada van der Example', 'van der Example'],
    ['Cllr A. Example', 'A. Example', 'Example'],
    ['The Lord Mayor, Councillor Ada Example', 'Ada Example', 'Example'],
    ['EXAMPLE, Ada', 'Ada Example', 'Example'],
    ['VAN DER EXAMPLE, Ada', 'Ada van der Example', 'van der Example'],
    ['Ms Ada Example JP', 'Ada Example', 'Example'],
    ['Councillor Mrs. Ada Example', 'Ada Example', 'Example'],
    ['CouncillorMrs Ada Example', 'Ada Example', 'Example'],
    ['Councillor Dr. Ada Example', 'Dr. Ada Example', 'Example'],
    ['Ada Example-Sample', 'Ada Example-Sample', 'Example-Sample'],
    ['Cllr Ada Example - Sample', 'Ada Example-Sample', 'Example-Sample'],
    ['Siân ap Example', 'Siân ap Example', 'ap Example'],
    ['Calum Mac an Example', 'Calum Mac an Example', 'Mac an Example'],
    ['Ada St John', 'Ada St John', 'St John'],
    ['Ada Example MBE, JP', 'Ada Example', 'Example'],
    ['Ada Example. OBE', 'Ada Example', 'Example'],
    ['Ada Example, O.B.E.', 'Ada Example', 'Example'],
    ['Ada Example BSc (Hons)', 'Ada Example', 'Example'],
    ['Ada Example - Labour', 'Ada Example', 'Example'],
    ['Ada Example - Councillor for Abbey', 'Ada Example', 'Example'],
    ['Leader of the Council - Councillor Ada Example', 'Ada Example', 'Example'],
    ["Mayor's Consort. Councillor Ada Example", 'Ada Example', 'Example'],
    ['Ada Example, Councillor', 'Ada Example', 'Example'],
    ['Y Cynghorydd Ada Example', 'Ada Example', 'Example'],
    ['Adalbert [Ada] Example', 'Adalbert Example', 'Example'],
    ['Ada (Addie) B Example', 'Ada B Example', 'Example'],
    ["COUNCILLOR ADA O'EXAMPLE-MCDONALD", "Ada O'Example-McDonald", "O'Example-McDonald"],
    ['ADA VAN DER EXAMPLE', 'Ada van der Example', 'van der Example'],
    ['Ada EXAMPLE', 'Ada Example', 'Example'],
    ['AJ EXAMPLE', 'AJ Example', 'Example'],
    ['A B Example Jr', 'A B Example Jr', 'Example'],
    ['Ada Mayor', 'Ada Mayor', 'Mayor'],
    ['Jack Ma', 'Jack Ma', 'Ma'],
  ])('%s', (published, name, surname) => {
    expect(readName(published)).toEqual({ name, surname });
  });

  test.each([
    ['Example', 'Example'],
    ['Major Example', 'Major Example'],
    ['Van Example', 'Van Example'],
    ['Lord Ada Example of Anyborough', 'Lord Ada Example of Anyborough'],
    ['Ada Example, Bruno, Carys', 'Ada Example, Bruno, Carys'],
  ])('%s leaves the surname in doubt', (published, name) => {
    expect(readName(published)).toEqual({ name, surname: null });
    expect(salutationName(name)).toBe(name);
  });

  test('is written to by the surname', () => {
    expect(salutationName('Sir Ada van der Example')).toBe('van der Example');
  });

  test('is the same read twice', () => {
    for (const published of [
      'Councillor Dr ADA EXAMPLE OBE',
      'EXAMPLE, Ada',
      'The Mayor, Cllr Ada de Example (Labour)',
    ])
      expect(readName(readName(published).name)).toEqual(readName(published));
  });
});

describe('a seat that nobody holds', () => {
  test.each([
    'Vacant seat',
    'VACANCY',
    'Vacant',
    'Councillor Vacant',
    'Cllr - Vacancy',
    'Casual vacancy',
    '',
    ' ',
    'Councillor',
    'Sedd Wag',
    'TBC',
  ])('is said by "%s"', (published) => {
    expect(saysVacant(published)).toBe(true);
  });
  test.each(['Councillor Ada Example', 'Ada Vacanti', 'Cllr Example'])('is not said by "%s"', (published) => {
    expect(saysVacant(published)).toBe(false);
  });
});
