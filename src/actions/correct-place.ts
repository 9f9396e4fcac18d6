import { choosePlace } from '../domain/choose-place.ts';
import { mapOf, touches, type DaysMap } from '../domain/days-map.ts';
import { londonDay } from '../domain/london-time.ts';
import type { Area } from '../domain/nation.ts';
import { councilOf, councilsNearby } from '../domain/nearby.ts';
import type { ChoiceProblem } from '../domain/place-problem.ts';
import type { Place, Registers } from '../domain/place.ts';
import { wordFor } from '../domain/place-query.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { WardsOf } from './wards-of.ts';

/** What a supporter says of where they live, each by official code (a ward by name where it has none); '' where the postcode is right. */
export interface Correction {
  readonly council: string;
  readonly constituency: string;
  readonly ward: string;
  readonly division: string;
}

/** `not-nearby`: the postcode cannot lie there; `unknown-ward`: the council has no such ward. Or what to choose next. */
export type CorrectionProblem = ChoiceProblem | { readonly kind: 'not-nearby' } | { readonly kind: 'unknown-ward' };

/** Puts a supporter's place right where their postcode straddles a boundary or is wrongly placed; never further than next door. */
export type CorrectPlace = (place: Place, correction: Correction) => Promise<Result<Place, CorrectionProblem>>;

interface Needs {
  readonly registers: Registers;
  readonly wardsOf: WardsOf;
  readonly clock: () => Date;
}

export function placeCorrecter({ registers, wardsOf, clock }: Needs): CorrectPlace {
  return async (place, correction) => {
    const moved = inAreas(place, correction, mapOf(registers, londonDay(clock())));
    if (!moved.ok) return moved;
    const ward = await areaIn(wardsOf, councilOf(moved.value), correction.ward, moved.value.ward);
    const county = moved.value.councils.find(({ tier }) => tier === 'county');
    const division = await areaIn(wardsOf, county?.code, correction.division, moved.value.division);
    if (ward === undefined || division === undefined) return err({ kind: 'unknown-ward' });
    const corrected = { ...moved.value, ward, division };
    return ok(same(corrected, place) ? place : { ...corrected, source: 'chosen' });
  };
}

/** The place with another council or constituency. Of another council we do not know the ward. */
function inAreas(
  place: Place,
  { council: councilCode, constituency: constituencyCode }: Correction,
  map: DaysMap,
): Result<Place, CorrectionProblem> {
  if (councilCode === '' && constituencyCode === '') return ok(place);
  const own = councilOf(place);
  const council = map.councils.byCode(councilCode === '' ? own : councilCode);
  if (!council || (council.code !== own && !councilsNearby(place, map).includes(council)))
    return err({ kind: 'not-nearby' });

  const now = map.constituencies.byCode(place.constituency.code);
  const kept = now && touches(now, council, map) ? now.code : '';
  const chosen = choosePlace(map, council.code, constituencyCode === '' ? kept : constituencyCode, map.today);
  if (!chosen.ok) return chosen;
  const { nation, councils, constituency } = chosen.value;
  const wards = council.code === own ? {} : { ward: null, division: null };
  return ok({ ...place, nation, councils, constituency, ...wards });
}

/** The ward that was chosen, or the one there was; undefined when the council has none of that name. */
async function areaIn(
  wardsOf: WardsOf,
  councilCode: string | undefined,
  chosen: string,
  before: Area | null,
): Promise<Area | null | undefined> {
  if (chosen === '') return before;
  if (before && wordFor(before) === chosen) return before;
  const wards = councilCode === undefined ? [] : await wardsOf(councilCode);
  return wards.find((ward) => wordFor(ward) === chosen || ward.name === chosen);
}

function same(one: Place, other: Place): boolean {
  const areas = ({ councils, ward, division, constituency }: Place) =>
    JSON.stringify([councils[0]?.code, ward, division, constituency.code]);
  return areas(one) === areas(other);
}
