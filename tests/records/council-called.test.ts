import { describe, expect, test } from 'vitest';
import { councilCalled } from '../../src/records/council-called.ts';
import { readCouncils } from '../../src/records/councils.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url));
const called = (text: string) => {
  const found = councilCalled(text, councils);
  return found.ok ? found.value.code : found.error;
};

describe('a council in somebody’s file', () => {
  test.each([
    ['E09000028', 'E09000028'],
    ['Southwark', 'E09000028'],
    ['Southwark London Borough Council', 'E09000028'],
    ['Bristol, City of', 'E06000023'],
    ['Herefordshire, County of', 'E06000019'],
    ['Kingston upon Hull, City of', 'E06000010'],
    ['Durham', 'E06000047'],
    ['Glasgow City', 'S12000049'],
    ['Orkney', 'S12000023'],
    ['Na h-Eileanan Siar', 'S12000013'],
    ['Anglesey', 'W06000001'],
    ['Cyngor Sir Ynys Môn', 'W06000001'],
    ['Cyngor Dinas a Sir Abertawe', 'W06000011'],
    ['Armagh, Banbridge & Craigavon', 'N09000002'],
    ['Derry and Strabane', 'N09000005'],
    ['Bournemouth, Christchurch & Poole', 'E06000058'],
    ['City of London', 'E09000001'],
  ])('called %s is %s', (text, code) => {
    expect(called(text)).toBe(code);
  });

  test.each(['Narnia', 'London', 'City Council', 'Newcastle', 'Kingston', 'Derbyshire City of Derby'])(
    'called %s is nobody’s',
    (text) => {
      expect(called(text)).toBe(`council: "${text}" is no council of ours`);
    },
  );

  test('without a name is missing', () => {
    expect(called('')).toBe('council: is missing');
  });

  test('is each found by its own names, and by no other’s', () => {
    for (const { code, name, area } of councils.all) expect([called(name), called(area)]).toEqual([code, code]);
  });
});
