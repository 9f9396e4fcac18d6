import type { Constituency } from './constituency.ts';
import type { Council } from './council.ts';
import { touching, type DaysMap } from './days-map.ts';
import type { Place } from './place.ts';

/** The district or the one council of a place: the one that wards belong to. */
export function councilOf({ councils }: Place): string {
  const [council] = councils;
  if (!council) throw new Error('a place has a council');
  return council.code;
}

/** The constituencies that a council reaches into. */
export function constituenciesIn(councilCode: string, map: DaysMap): readonly Constituency[] {
  const council = map.councils.byCode(councilCode);
  return council ? touching(council, map) : [];
}

/** The other councils that share a constituency with a place's own: where else its postcode may really lie. */
export function councilsNearby(place: Place, map: DaysMap): readonly Council[] {
  const own = councilOf(place);
  const reached = new Set(constituenciesIn(own, map).flatMap(map.inside));
  return map.standing.filter((council) => reached.has(council) && council.code !== own);
}
