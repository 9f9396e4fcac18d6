/**
 * A name of a place reduced to what two spellings of it have in common: no accents, case, punctuation or spacing, "&" as "and".
 * "Montgomeryshire and Glyndŵr" and "MONTGOMERYSHIRE & GLYNDWR" give the same.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’‘`´.]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
