// Served to the page as it is, so it is plain JavaScript (its types are checked all the same) and must not import anything.

const SHINGLE_WORDS = 3;

/** Reading this share of a letter as the writer's own, filters that look for identical mail stop matching it. */
export const ENOUGH_OF_YOUR_OWN = 0.5;

/**
 * The share of a letter that is not in the template, from 0 (word for word) to 1 (nothing in common):
 * how many of its runs of three words the template does not have. Case and punctuation do not count.
 * @param {string} letter
 * @param {string} template
 * @returns {number}
 */
export function shareInOwnWords(letter, template) {
  const theirs = new Set(shingles(template));
  const ours = shingles(letter);
  if (ours.length === 0) return 0;
  return ours.filter((shingle) => !theirs.has(shingle)).length / ours.length;
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function shingles(text) {
  const words =
    text
      .toLowerCase()
      .replace(/[’']/g, '')
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length < SHINGLE_WORDS) return words.length === 0 ? [] : [words.join(' ')];
  return words.slice(SHINGLE_WORDS - 1).map((_, at) => words.slice(at, at + SHINGLE_WORDS).join(' '));
}
