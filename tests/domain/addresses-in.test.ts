import { describe, expect, test } from 'vitest';
import { addressesIn } from '../../src/domain/addresses-in.ts';

describe('the addresses in a text', () => {
  test.each([
    ['Reply-To: "Ada, of Example" <Ada@Example.org>', ['ada@example.org']],
    ['From: a@example.org\nTo: b@example.org, c@example.org;', ['a@example.org', 'b@example.org', 'c@example.org']],
    ['Write to ada@example.org.', ['ada@example.org']],
    ['(ada+letters@mail.example.org)', ['ada+letters@mail.example.org']],
    ['tashi.བཀྲ་ཤིས@example.org', ['tashi.བཀྲ་ཤིས@example.org']],
    ['mailto:ada@example.org', ['ada@example.org']],
    ['nobody @ nowhere, @ada and ada@', []],
  ])('%s', (text, found) => {
    expect([...addressesIn(text)]).toEqual(found);
  });

  test('are whole: one that only ends alike is another', () => {
    expect(addressesIn('nada@example.org').has('ada@example.org')).toBe(false);
    expect(addressesIn('ada@example.org.uk').has('ada@example.org')).toBe(false);
  });
});
