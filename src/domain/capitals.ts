/** Small words inside a surname. */
const SMALL = /^(van|von|der|den|de|di|da|du|ap|ab|ferch|of|bin|bint)$/i;

/**
 * A name that was typed in capitals, as one would write it: "ADA O'EXAMPLE-SMITH" gives "Ada O'Example-Smith". Words of one or two letters
 * stay as they are, because they may be initials; words that have small letters do as well.
 */
export function restoreCapitals(name: string): string {
  const shouted = !/\p{Ll}/u.test(name);
  const words = name.split(' ');
  const shoutsSurname = !/\p{Ll}/u.test(words.at(-1) ?? '');
  return words
    .map((word, at) => {
      if (/\p{Ll}/u.test(word)) return word;
      if (at > 0 && at < words.length - 1 && shoutsSurname && SMALL.test(word)) return word.toLowerCase();
      const letters = word.replace(/\P{L}/gu, '').length;
      return letters > (shouted ? 2 : 3) ? capitalised(word) : word;
    })
    .join(' ');
}

function capitalised(word: string): string {
  return word
    .toLowerCase()
    .replace(/(^|[-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/(?<!\p{L})Mc(\p{L})(?=\p{L}{2})/gu, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}
