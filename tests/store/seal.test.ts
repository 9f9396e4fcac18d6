import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sealer, type SealedText } from '../../src/store/seal.ts';

const ours = sealer('our secret key');
const SPOILT = /not as it was sealed|another secret key/;
const theirs = sealer('their secret key');

describe('sealing', () => {
  test('gives back what was sealed, whatever it was', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(ours.open(ours.seal(text))).toBe(text);
      }),
    );
  });

  test('gives back a text in Tibetan, and an empty one', () => {
    for (const text of ['བོད་རང་དབང་', '']) expect(ours.open(ours.seal(text))).toBe(text);
  });

  test('never seals a text the same way twice', () => {
    expect(ours.seal('Ada Example')).not.toBe(ours.seal('Ada Example'));
  });

  test('shows nothing of the text', () => {
    expect(Buffer.from(ours.seal('Ada Example'), 'base64url').toString('latin1')).not.toContain('Ada');
  });

  test('refuses a text of which one character was changed, wherever it is', () => {
    const sealed = ours.seal('Ada Example');
    for (let at = 0; at < sealed.length - 1; at++) {
      const tampered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => ours.open(tampered as SealedText), `character ${at}`).toThrow(SPOILT);
    }
  });

  test.each(['', '.', 'nonsense', 'a.b.c'])('refuses "%s", which was never sealed', (text) => {
    expect(() => ours.open(text as SealedText)).toThrow(SPOILT);
  });

  test('refuses a text cut short', () => {
    const sealed = ours.seal('Ada Example');
    for (let length = 0; length < sealed.length - 1; length++)
      expect(() => ours.open(sealed.slice(0, length) as SealedText)).toThrow(SPOILT);
  });

  test('says so when another secret key is in the settings', () => {
    expect(() => theirs.open(ours.seal('Ada Example'))).toThrow('another secret key');
  });
});

describe('a blind index', () => {
  test('knows the same person again', () => {
    expect(ours.blind('person', 'ada@example.org')).toBe(ours.blind('person', 'ada@example.org'));
  });

  test('tells two people, two purposes and two secret keys apart', () => {
    const words = [
      ours.blind('person', 'ada@example.org'),
      ours.blind('person', 'bob@example.org'),
      ours.blind('letter', 'ada@example.org'),
      ours.blind('person\0ada', '@example.org'),
      theirs.blind('person', 'ada@example.org'),
    ];
    expect(new Set(words).size).toBe(words.length);
  });
});
