import { describe, expect, test } from 'vitest';
import { plainestWord, plainName } from '../../src/domain/name.ts';

describe('a name of a place, plainly', () => {
  test.each([
    ['accents', 'Montgomeryshire and Glyndŵr', 'Montgomeryshire and Glyndwr'],
    ['an accent written as a letter and a mark', 'Ynys Môn', 'Ynys Mo\u0302n'],
    ['capitals', 'Bridlington and the Wolds', 'BRIDLINGTON AND The WOLDS'],
    ['an ampersand', 'Bermondsey and Old Southwark', 'Bermondsey & Old Southwark'],
    ['an ampersand without spaces', 'Cities of London and Westminster', 'Cities of London&Westminster'],
    ['a curly apostrophe', "Queen's Park and Maida Vale", 'Queen’s Park and Maida Vale'],
    ['an acute accent for an apostrophe', "Queen's Park and Maida Vale", 'Queen´s Park and Maida Vale'],
    ['no apostrophe', "Queen's Park and Maida Vale", 'Queens Park and Maida Vale'],
    ['a full stop', 'St Helens North', 'St. Helens North'],
    ['hyphens', 'Stoke-on-Trent North', 'Stoke on Trent North'],
    ['long hyphens', 'Inverness, Skye and West Ross-shire', 'Inverness, Skye and West Ross‑shire'],
    ['commas', 'Inverness, Skye and West Ross-shire', 'Inverness Skye and West Ross-shire'],
    ['spaces', 'Aberdeen South', '  Aberdeen\u00a0 South '],
  ])('does not mind %s', (_, one, other) => {
    expect(plainName(other)).toBe(plainName(one));
  });

  test.each([
    ['Aberdeen North', 'Aberdeen South'],
    ['Edinburgh South', 'Edinburgh South West'],
    ['The Wrekin', 'Wrekin'],
  ])('tells %s from %s', (one, other) => {
    expect(plainName(one)).not.toBe(plainName(other));
  });
});

describe('the plainest word of a name', () => {
  test.each([
    ['Montgomeryshire and Glyndŵr', 'Montgomeryshire'],
    ['Ynys Môn', 'Ynys'],
    ['Ynys Mo\u0302n', 'Ynys'],
    ["Queen's Park and Maida Vale", 'Maida'],
    ['Inverness, Skye and West Ross-shire', 'Inverness'],
    ['Aldershot', 'Aldershot'],
  ])('of %s is %s', (name, word) => {
    expect(plainestWord(name)).toBe(word);
  });

  test.each([['Môn'], [''], ['’s']])('of "%s" there is none', (name) => {
    expect(plainestWord(name)).toBeNull();
  });
});
