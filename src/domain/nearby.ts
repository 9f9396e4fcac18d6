import { touches } from './choose-place.ts';
import type { Constituency } from './constituency.ts';
import type { Council } from './council.ts';
import type { Place, Registers } from './place.ts';

/** The district or the one council of a place: the one that wards belong to. */
export function councilOf({ councils }: Place): string {
  const [council] = councils;
  if (!council) throw new Error('a place has a council');
  return council.code;
}

/** The constituencies that a council reaches into. */
export function constituenciesIn(
  councilCode: string,
  { councils, constituencies }: Registers,
): readonly Constituency[] {
  const council = councils.byCode(councilCode);
  return council ? constituencies.all.filter((one) => touches(one, council, councils.all)) : [];
}

/** The other councils that share a constituency with a place's own: where else its postcode may really lie. */
export function councilsNearby(place: Place, registers: Registers): readonly Council[] {
  const own = councilOf(place);
  const codes = new Set(constituenciesIn(own, registers).flatMap(({ councilCodes }) => councilCodes));
  return registers.councils.all.filter(({ code }) => codes.has(code) && code !== own);
}
