import { plainName } from './name.ts';

/** What a list writes around the name of a seat: "Ward 10: ", "03 - " and "(12)" are how its council counts. */
const COUNTING = [
  /^\s*(?:ward\s+|division\s+)?\d+\s*(?:[:.)–—-]\s*|\s)(?=.*\p{L})/iu,
  /(?<=\p{L}.*)\s*[([]\s*\d+\s*[)\]]\s*$/u,
];

const KIND_BEHIND = / (?:county )?(?:electoral )?(?:ward|division)$| electoral (?:ward|division)$/;
const KIND_BEFORE = /^(?:electoral )?(?:ward|division) (?:of )?(?=.)/;
const SMALL_WORDS = ['and', 'the', 'y', 'yr', 'a', 'ac'];

/**
 * A seat's name without what is noise: case, accents, punctuation, "Ward" or "Division", the council's own number. "03 - ST. MARY'S WARD" and
 * "Saint Mary’s" give the same.
 */
export function plainSeat(name: string): string {
  const uncounted = COUNTING.reduce((text, pattern) => text.replace(pattern, ''), name);
  const plain = plainName(uncounted)
    .replace(KIND_BEHIND, '')
    .replace(KIND_BEFORE, '')
    .replace(/\bsaint\b/g, 'st')
    .replace(/\b0+(?=\d)/g, '');
  return plain;
}

/** The words of a seat's name in alphabetical order, without the small ones: "Thamesmead and Abbey Wood" and "Abbey Wood & Thamesmead" give the same. */
export function wordSet(name: string): string {
  const words = plainSeat(name).split(' ');
  const telling = words.filter((word) => !SMALL_WORDS.includes(word));
  return (telling.length > 0 ? telling : words).sort().join(' ');
}
