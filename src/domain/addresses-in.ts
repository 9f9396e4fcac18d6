/** The email addresses that stand in a text, in small letters. */
export function addressesIn(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(ADDRESS) ?? []);
}

/** Whatever stands around an @ up to a space or what may close an address in a sentence or in the head of a mail. */
const ADDRESS = /[^\s<>()[\]"',;:@]+@[^\s<>()[\]"',;:@]+[^\s<>()[\]"',;:@.]/g;
