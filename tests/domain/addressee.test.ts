import { describe, expect, test } from 'vitest';
import { nameAfterDear } from '../../src/domain/addressee.ts';
import { nameInSentence } from '../../src/domain/council.ts';
import { signed } from '../../src/domain/draft.ts';
import { londonDate, londonDay, londonDayAndHour } from '../../src/domain/london-time.ts';
import { signature } from '../../src/domain/supporter.ts';

describe('the name after "Dear"', () => {
  test.each([
    ['Mr Angus MacDonald', 'Angus MacDonald'],
    ['Ms Diane Abbott', 'Diane Abbott'],
    ['Rt Hon Diane Abbott', 'Diane Abbott'],
    ['Rt Hon Mr Ed Example', 'Ed Example'],
    ['Alex Baker', 'Alex Baker'],
    ['Sir Keir Starmer', 'Sir Keir Starmer'],
    ['Dr Ann Example', 'Dr Ann Example'],
    ['Missy Marsden', 'Missy Marsden'],
  ])('of %s is %s', (displayed, name) => {
    expect(nameAfterDear(displayed)).toBe(name);
  });
});

test.each([
  ['London Borough of Southwark', 'the London Borough of Southwark'],
  ['City of Edinburgh Council', 'the City of Edinburgh Council'],
  ['City of London Corporation', 'the City of London Corporation'],
  ['Kent County Council', 'Kent County Council'],
])('%s stands in a sentence as "%s"', (name, written) => {
  expect(nameInSentence({ name })).toBe(written);
});

describe('a letter’s end', () => {
  test('is the name, the address and the postcode, each on its line', () => {
    expect(signature({ name: 'Alice Example', address: ['1 Tooley Street', 'London'], postcode: 'SE1 2DL' })).toBe(
      'Alice Example\n1 Tooley Street\nLondon\nSE1 2DL',
    );
  });

  test('leaves out what is not known yet', () => {
    expect(signature({ name: '', address: [], postcode: null })).toBe('');
    expect(signed('Yours sincerely,\n', '')).toBe('Yours sincerely,');
  });

  test('stands below the text', () => {
    expect(signed('Yours sincerely,\n\n', 'Alice')).toBe('Yours sincerely,\n\nAlice');
  });
});

describe('times are London’s', () => {
  test('in summer an hour after Greenwich', () => {
    expect(londonDate(new Date('2026-06-30T23:30:00Z'))).toBe('1 July 2026');
    expect(londonDay(new Date('2026-06-30T23:30:00Z'))).toBe('2026-07-01');
  });

  test('in winter with Greenwich', () => {
    expect(londonDay(new Date('2026-12-31T23:30:00Z'))).toBe('2026-12-31');
    expect(londonDayAndHour(new Date('2026-11-23T09:05:00Z'))).toBe('Monday 23 November at 9:05 am');
  });
});
