import { fix, isValid, toNormalised } from 'postcode';
import { err, ok, type Result } from './result.ts';

/** A postcode in its one written form, such as "SW1A 1AA". Only `readPostcode` makes one. */
export type Postcode = string & { readonly brand: 'Postcode' };

/** Postcodes that are written like ours but have no council or MP behind them, each with its own way on. */
export type Elsewhere = 'forces' | 'non-geographic' | 'jersey' | 'guernsey' | 'isle-of-man' | 'overseas';

export type PostcodeProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-postcode' }
  | { readonly kind: 'half-a-postcode' }
  | { readonly kind: 'did-you-mean'; readonly suggestion: Postcode }
  | { readonly kind: 'elsewhere'; readonly where: Elsewhere };

/** Longer than any postcode with a few stray spaces; whatever is longer was not meant as one. */
const LONGEST_TYPED = 20;

/**
 * Reads a postcode however it was typed: any case, any spacing around it or in its middle.
 * Says nothing about whether it exists. A likely slip (O for 0, I for 1) is suggested, never applied.
 */
export function readPostcode(typed: string): Result<Postcode, PostcodeProblem> {
  const tidy = typed.replace(/\s+/g, ' ').trim().toUpperCase();
  if (tidy === '') return err({ kind: 'empty' });
  if (tidy.length > LONGEST_TYPED) return err({ kind: 'not-a-postcode' });

  const bare = tidy.replace(/ /g, '');
  const where = ELSEWHERE.find(([pattern]) => pattern.test(bare))?.[1];
  if (where) return err({ kind: 'elsewhere', where });

  if (isValid(tidy)) return ok(toNormalised(tidy) as Postcode);

  const fixed = fix(tidy);
  if (isValid(fixed)) return err({ kind: 'did-you-mean', suggestion: toNormalised(fixed) as Postcode });
  return err({ kind: OUTCODE.test(tidy) ? 'half-a-postcode' : 'not-a-postcode' });
}

const OUTCODE = /^[A-Z]{1,2}\d[A-Z\d]?$/;

// Prefixes as GOV.UK refuses them and as MapIt lists them without areas.
const ELSEWHERE: readonly (readonly [RegExp, Elsewhere])[] = [
  [/^BFPO/, 'forces'],
  [/^BF\d{1,2}\d[A-Z]{2}$/, 'forces'],
  [/^GIR0AA$/, 'non-geographic'],
  [/^(BX|XX|XM)\d/, 'non-geographic'],
  [/^JE\d{1,2}\d[A-Z]{2}$/, 'jersey'],
  [/^GY\d{1,2}\d[A-Z]{2}$/, 'guernsey'],
  [/^IM\d{1,2}\d[A-Z]{2}$/, 'isle-of-man'],
  [/^(ASCN|FIQQ|STHL|SIQQ|PCRN|TKCA|TDCU|BBND|BIQQ)1ZZ$/, 'overseas'],
  [/^GX11\d[A-Z]{2}$/, 'overseas'],
  [/^AI-?2640$/, 'overseas'],
  [/^KY\d-?\d{4}$/, 'overseas'],
  [/^VG-?\d{4}$/, 'overseas'],
  [/^MSR-?\d{4}$/, 'overseas'],
];
