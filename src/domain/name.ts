/**
 * A name of a place reduced to what two spellings of it have in common: no accents, case, punctuation or spacing, "&" as "and".
 * "Montgomeryshire and Glyndŵr" and "MONTGOMERYSHIRE & GLYNDWR" give the same.
 */
export function plainName(name: string): string {
  return name
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

// Apostrophes of every make, and the full stop of "St."; hyphens and commas stand for a space.
const APOSTROPHES = /['’‘‛`´ʼʹ′.]/g;

/**
 * The longest word of a name that every spelling of it writes alike: letters A to Z, no accent, no apostrophe.
 * "Ynys Môn" gives "Ynys". Null where there is none.
 */
export function plainestWord(name: string): string | null {
  const words = name
    .normalize('NFC')
    .split(/[\s,&./()-]+|[‐-―]/u)
    .filter((word) => /^[a-z]+$/i.test(word));
  return words.sort((a, b) => b.length - a.length)[0] ?? null;
}
