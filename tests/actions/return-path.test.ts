import { array, assert, boolean, date, integer, property, string, uuid } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMES_BACK_WITHIN } from '../../src/domain/delivery.ts';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import { after, before, days, NOON } from '../builders.ts';

const ID = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const DOMAIN = 'returns.example';
const SECRET = 'a secret key that only the tests know';
const paths = signedReturnPaths([SECRET], DOMAIN);
const path = paths.returnPathFor(ID, NOON);
const deliveryIn = (address: string, now = NOON) => paths.deliveryIn(address, now);

describe('a return path', () => {
  test('leads back to its delivery, whichever it is and whenever', () => {
    const when = date({ min: new Date('2020-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    assert(
      property(uuid(), when, integer({ min: 0, max: COMES_BACK_WITHIN - days(1) }), (id, sentAt, later) => {
        expect(deliveryIn(paths.returnPathFor(id, sentAt), after(sentAt, later))).toBe(id);
      }),
    );
  });

  test('is an address that every mail server can take', () => {
    expect(path).toMatch(/^bounce\+[a-z2-7]{54}@returns\.example$/);
    expect(path.split('@')[0]!.length).toBeLessThanOrEqual(64);
  });

  test('is known however a mail server writes its capitals', () => {
    const capitals = array(boolean(), { minLength: path.length, maxLength: path.length });
    assert(
      property(capitals, (capital) => {
        const spelt = [...path].map((letter, at) => (capital[at] ? letter.toUpperCase() : letter));
        expect(deliveryIn(spelt.join(''))).toBe(ID);
      }),
    );
    expect(deliveryIn(path.toUpperCase())).toBe(ID);
    expect(signedReturnPaths([SECRET], 'Returns.Example').deliveryIn(path, NOON)).toBe(ID);
  });

  test('is known under the key after it, as long as its own is in the settings', () => {
    expect(signedReturnPaths(['the key after it', SECRET], DOMAIN).deliveryIn(path, NOON)).toBe(ID);
  });

  test('is another on another day, and for another delivery', () => {
    expect(paths.returnPathFor(ID, after(NOON, days(1)))).not.toBe(path);
    expect(paths.returnPathFor(ID.replace('0', '1'), NOON)).not.toBe(path);
    expect(paths.returnPathFor(ID, after(NOON, 1))).toBe(path);
  });

  test('is made for nothing but a delivery', () => {
    for (const id of ['', 'delivery-1', ID.toUpperCase(), `${ID}\n`])
      expect(() => paths.returnPathFor(id, NOON)).toThrow('none');
  });
});

describe('no return path of ours', () => {
  test('is one that is too old, or of a day to come', () => {
    expect(deliveryIn(path, after(NOON, days(30)))).toBe(ID);
    expect(deliveryIn(path, after(NOON, days(31)))).toBeUndefined();
    expect(deliveryIn(path, before(NOON, days(1)))).toBe(ID);
    expect(deliveryIn(path, before(NOON, days(2)))).toBeUndefined();
  });

  test('is one of another secret or another domain', () => {
    expect(
      signedReturnPaths(['another secret key, as long as the first'], DOMAIN).deliveryIn(path, NOON),
    ).toBeUndefined();
    expect(
      signedReturnPaths([SECRET], 'other.example').deliveryIn(path.replace(DOMAIN, 'other.example'), NOON),
    ).toBeUndefined();
    expect(deliveryIn(path.replace(DOMAIN, 'other.example'))).toBeUndefined();
  });

  test('is one cut short anywhere', () => {
    for (let end = 0; end < path.length; end++) expect(deliveryIn(path.slice(0, end))).toBeUndefined();
    for (let start = 1; start < path.length; start++) expect(deliveryIn(path.slice(start))).toBeUndefined();
  });

  test('is one with any one character changed, left out or put in', () => {
    for (let at = 0; at < path.length; at++) {
      const [head, tail] = [path.slice(0, at), path.slice(at + 1)];
      for (const other of 'abcxyz234567@+.-'.replace(path.charAt(at), ''))
        expect(deliveryIn(head + other + tail), `${at} ${other}`).toBeUndefined();
      expect(deliveryIn(head + tail)).toBeUndefined();
      expect(deliveryIn(`${head}a${path.slice(at)}`)).toBeUndefined();
    }
  });

  test('is one of another day under the same signature, or another delivery', () => {
    const tomorrow = paths.returnPathFor(ID, after(NOON, days(1)));
    const [here, there] = [path.indexOf('@') - 24, tomorrow.indexOf('@') - 24];
    expect(deliveryIn(tomorrow.slice(0, there) + path.slice(here))).toBeUndefined();
  });

  test('is anything else', () => {
    assert(property(string(), (text) => void expect(deliveryIn(text)).toBeUndefined()));
    for (const text of [
      '',
      '@',
      `bounce+@${DOMAIN}`,
      `postmaster@${DOMAIN}`,
      ` ${path}`,
      `${path} `,
      `${path}\n`,
      `<${path}>`,
      'x'.repeat(100_000),
    ])
      expect(deliveryIn(text)).toBeUndefined();
  });
});

test('an address at which mail would come back to us is known as such, well signed or not', () => {
  expect(paths.isReturnPath(path.toUpperCase())).toBe(true);
  expect(paths.isReturnPath(`bounce+anything@${DOMAIN}`)).toBe(true);
  expect(paths.isReturnPath('ada@example.org')).toBe(false);
  expect(paths.isReturnPath('bounce+ada@example.org')).toBe(false);
});
