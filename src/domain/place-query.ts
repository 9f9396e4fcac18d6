import type { Place } from './place.ts';

/** Whether the supporter said that their postcode lies elsewhere than it is said to. */
export function isCorrected({ source, postcode }: Pick<Place, 'source' | 'postcode'>): boolean {
  return source === 'chosen' && postcode !== null;
}

/** The words of an address that lead to this place again: the postcode, or what was chosen beside it or instead of it. */
export function placeQuery(place: Place): Readonly<Record<string, string>> {
  const { postcode, councils, constituency, ward, division, source } = place;
  const told = postcode === null ? {} : { postcode };
  if (source !== 'chosen') return told;
  return {
    ...told,
    council: councils[0]?.code ?? '',
    constituency: constituency.code,
    ...(ward && { ward: wordFor(ward) }),
    ...(division && { division: wordFor(division) }),
  };
}

/** Lists of councillors name their seats, and seldom give the codes. */
export function wordFor({ code, name }: { readonly code: string; readonly name: string }): string {
  return code === '' ? name : code;
}
