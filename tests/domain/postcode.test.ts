import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPostcode } from '../../src/domain/postcode.ts';

describe('a postcode as people type it', () => {
  test.each([
    ['SW1A 1AA', 'SW1A 1AA'],
    ['sw1a1aa', 'SW1A 1AA'],
    ['  sw1a   1aa ', 'SW1A 1AA'],
    ['SW1A\u00a01AA', 'SW1A 1AA'],
    ['SE1P 5ZZ', 'SE1P 5ZZ'],
    ['N1C 4AG', 'N1C 4AG'],
    ['eh991sp', 'EH99 1SP'],
    ['\tm1 1ad\n', 'M1 1AD'],
    ['ZZ99 3WZ', 'ZZ99 3WZ'],
  ])('%j is read as %s', (typed, postcode) => {
    expect(readPostcode(typed)).toEqual({ ok: true, value: postcode });
  });

  test.each([
    ['SWIA IAA', 'SW1A 1AA'],
    ['0X1 1AA', 'OX1 1AA'],
  ])('%j is suggested as %s, and not taken as it', (typed, suggestion) => {
    expect(readPostcode(typed)).toEqual({ ok: false, error: { kind: 'did-you-mean', suggestion } });
  });

  test.each([
    ['BFPO 801', 'forces'],
    ['BF1 2AT', 'forces'],
    ['BX1 1LT', 'non-geographic'],
    ['GIR 0AA', 'non-geographic'],
    ['XM4 5HQ', 'non-geographic'],
    ['JE2 4WD', 'jersey'],
    ['gy1 1aa', 'guernsey'],
    ['IM1 1AA', 'isle-of-man'],
    ['ASCN 1ZZ', 'overseas'],
    ['FIQQ 1ZZ', 'overseas'],
    ['GX11 1AA', 'overseas'],
    ['AI-2640', 'overseas'],
    ['KY1-1100', 'overseas'],
    ['VG1110', 'overseas'],
  ])('%j belongs elsewhere: %s', (typed, where) => {
    expect(readPostcode(typed)).toEqual({ ok: false, error: { kind: 'elsewhere', where } });
  });

  test.each([
    ['', 'empty'],
    [' \u00a0 ', 'empty'],
    ['SW1A', 'half-a-postcode'],
    ['ab10', 'half-a-postcode'],
    ['AB10-1AB', 'not-a-postcode'],
    ['A B 1 0 1AB', 'not-a-postcode'],
    ['hello', 'not-a-postcode'],
    ['90210', 'not-a-postcode'],
    ['SW1A 1AA\u0000', 'not-a-postcode'],
    ['\u202eSW1A 1AA', 'not-a-postcode'],
    ['🏠', 'not-a-postcode'],
    ["'; drop table letters; --", 'not-a-postcode'],
  ])('%.30j is %s', (typed, kind) => {
    expect(readPostcode(typed)).toEqual({ ok: false, error: { kind } });
  });

  test('is read the same in any case and with any spacing around it', () => {
    const spaces = fc.stringMatching(/^[ \t\n]{0,3}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('SW1A 1AA', 'M1 1AD', 'BT53 7HX', 'E1 8QS'),
        spaces,
        spaces,
        fc.boolean(),
        (postcode, before, after, lower) => {
          const typed = before + (lower ? postcode.toLowerCase() : postcode).replace(' ', after) + after;
          expect(readPostcode(typed)).toEqual({ ok: true, value: postcode });
        },
      ),
    );
  });

  test('of ten megabytes is refused', () => {
    expect(readPostcode('SW1A 1AA'.repeat(1_250_000))).toEqual({ ok: false, error: { kind: 'not-a-postcode' } });
  });

  test('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        expect(() => readPostcode(typed)).not.toThrow();
      }),
    );
  });
});
