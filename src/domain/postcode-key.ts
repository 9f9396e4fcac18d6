const BASE = 37; // a space, ten digits, twenty-six letters

/** So many keys in a row have the same outward half ("SE1"); what is left over of a key tells the inward half. */
export const KEYS_PER_OUTCODE = BASE ** 3;

/** A postcode in its written form ("SE1 2DL") as a whole number below 2^53 that sorts as the text does, padded to eight characters; null when it is none. */
export function postcodeKey(postcode: string): number | null {
  const space = postcode.indexOf(' ');
  if (space < 2 || space > 4 || postcode.length !== space + 4) return null;
  let key = 0;
  for (let at = 0; at < 4; at++) key = key * BASE + (at < space ? digitOf(postcode.charCodeAt(at)) : 0);
  for (let at = space + 1; at < space + 4; at++) key = key * BASE + digitOf(postcode.charCodeAt(at));
  return Number.isNaN(key) ? null : key;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 47;
  return code >= 65 && code <= 90 ? code - 54 : Number.NaN;
}
