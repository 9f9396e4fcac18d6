import { array, assert, boolean, date, integer, property, string, uuid } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMES_BACK_WITHIN } from '../../src/domain/delivery.ts';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import { MOST_ATTEMPTS } from '../../src/domain/retries.ts';
import { after, before, days, NOON } from '../builders.ts';

const ID = '0f6e8d1a-1c2b-4d3e-8f90-a1b2c3d4e5f6';
const DOMAIN = 'returns.example';
const SECRET = 'a secret key that only the tests know';
const paths = signedReturnPaths([SECRET], DOMAIN);
const FIRST = { deliveryId: ID, number: 1 };
const path = paths.returnPathFor(ID, 1, NOON);
const attemptIn = (address: string, now = NOON) => paths.attemptIn(address, now);

describe('a return path', () => {
  test('leads back to its delivery, whichever it is and whenever, and to the attempt', () => {
    const when = date({ min: new Date('2020-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    const late = integer({ min: 0, max: COMES_BACK_WITHIN - days(1) });
    const attempts = integer({ min: 1, max: MOST_ATTEMPTS });
    assert(
      property(uuid(), attempts, when, late, (deliveryId, number, sentAt, later) => {
        const address = paths.returnPathFor(deliveryId, number, sentAt);
        expect(attemptIn(address, after(sentAt, later))).toEqual({ deliveryId, number });
      }),
    );
  });

  test('is an address that every mail server can take', () => {
    expect(path).toMatch(/^bounce\+[a-z2-7]{55}@returns\.example$/);
    expect(path.split('@')[0]!.length).toBeLessThanOrEqual(64);
  });

  test('is known however a mail server writes its capitals', () => {
    const capitals = array(boolean(), { minLength: path.length, maxLength: path.length });
    assert(
      property(capitals, (capital) => {
        const spelt = [...path].map((letter, at) => (capital[at] ? letter.toUpperCase() : letter));
        expect(attemptIn(spelt.join(''))).toEqual(FIRST);
      }),
    );
    expect(attemptIn(path.toUpperCase())).toEqual(FIRST);
    expect(signedReturnPaths([SECRET], 'Returns.Example').attemptIn(path, NOON)).toEqual(FIRST);
  });

  test('is known under the key after it, as long as its own is in the settings', () => {
    expect(signedReturnPaths(['the key after it', SECRET], DOMAIN).attemptIn(path, NOON)).toEqual(FIRST);
  });

  test('is another on another day, for another attempt, and for another delivery', () => {
    expect(paths.returnPathFor(ID, 1, after(NOON, days(1)))).not.toBe(path);
    expect(paths.returnPathFor(ID, 2, NOON)).not.toBe(path);
    expect(paths.returnPathFor(ID.replace('0', '1'), 1, NOON)).not.toBe(path);
    expect(paths.returnPathFor(ID, 1, after(NOON, 1))).toBe(path);
  });

  test('is known without an attempt, as it was made before', () => {
    expect(attemptIn('bounce+b5xi2gq4fngt5d4qugzmhvhf6yaujmeig3olnttxoejzxpv6p5qkor@returns.example')).toEqual({
      deliveryId: ID,
      number: null,
    });
  });

  test('is made for nothing but a delivery', () => {
    for (const id of ['', 'delivery-1', ID.toUpperCase(), `${ID}\n`])
      expect(() => paths.returnPathFor(id, 1, NOON)).toThrow('none');
  });
});

describe('no return path of ours', () => {
  test('is one that is too old, or of a day to come', () => {
    expect(attemptIn(path, after(NOON, days(30)))).toEqual(FIRST);
    expect(attemptIn(path, after(NOON, days(31)))).toBeUndefined();
    expect(attemptIn(path, before(NOON, days(1)))).toEqual(FIRST);
    expect(attemptIn(path, before(NOON, days(2)))).toBeUndefined();
  });

  test('is one of another secret or another domain', () => {
    expect(
      signedReturnPaths(['another secret key, as long as the first'], DOMAIN).attemptIn(path, NOON),
    ).toBeUndefined();
    expect(
      signedReturnPaths([SECRET], 'other.example').attemptIn(path.replace(DOMAIN, 'other.example'), NOON),
    ).toBeUndefined();
    expect(attemptIn(path.replace(DOMAIN, 'other.example'))).toBeUndefined();
  });

  test('is one cut short anywhere', () => {
    for (let end = 0; end < path.length; end++) expect(attemptIn(path.slice(0, end))).toBeUndefined();
    for (let start = 1; start < path.length; start++) expect(attemptIn(path.slice(start))).toBeUndefined();
  });

  test('is one with any one character changed, left out or put in', () => {
    for (let at = 0; at < path.length; at++) {
      const [head, tail] = [path.slice(0, at), path.slice(at + 1)];
      for (const other of 'abcxyz234567@+.-'.replace(path.charAt(at), ''))
        expect(attemptIn(head + other + tail), `${at} ${other}`).toBeUndefined();
      expect(attemptIn(head + tail)).toBeUndefined();
      expect(attemptIn(`${head}a${path.slice(at)}`)).toBeUndefined();
    }
  });

  test.each([
    ['day', paths.returnPathFor(ID, 1, after(NOON, days(1)))],
    ['attempt', paths.returnPathFor(ID, 2, NOON)],
    ['delivery', paths.returnPathFor(ID.replace('0', '1'), 1, NOON)],
  ])('is one of another %s under the same signature', (_, other) => {
    const signature = path.indexOf('@') - 24;
    expect(attemptIn(other)).toBeDefined();
    expect(attemptIn(other.slice(0, signature) + path.slice(signature))).toBeUndefined();
  });

  test('is anything else', () => {
    assert(property(string(), (text) => void expect(attemptIn(text)).toBeUndefined()));
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
      expect(attemptIn(text)).toBeUndefined();
  });
});

test('an address at which mail would come back to us is known as such, well signed or not', () => {
  expect(paths.isReturnPath(path.toUpperCase())).toBe(true);
  expect(paths.isReturnPath(`bounce+anything@${DOMAIN}`)).toBe(true);
  expect(paths.isReturnPath('ada@example.org')).toBe(false);
  expect(paths.isReturnPath('bounce+ada@example.org')).toBe(false);
});
