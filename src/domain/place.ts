import type { CouncilRef, CouncilRegister } from './council.ts';
import type { Area, Nation } from './nation.ts';
import type { Postcode } from './postcode.ts';
import { err, ok, type Result } from './result.ts';

/** Who told us where a postcode is: an upstream, our example places, or the supporter, by name. */
export type PlaceSource = 'postcodes.io' | 'examples' | 'chosen';

/** What a postcode says: council(s), district first where there are two, ward, county division, constituency, nation. */
export interface Place {
  /** Null when the supporter chose council and constituency by name. */
  readonly postcode: Postcode | null;
  readonly nation: Nation;
  readonly councils: readonly CouncilRef[];
  readonly ward: Area | null;
  readonly division: Area | null;
  readonly constituency: Area;
  readonly source: PlaceSource;
}

/** The areas one postcode lies in, as a directory of postcodes tells them, before councils get our names. */
export interface PostcodeAreas {
  readonly postcode: Postcode;
  readonly nation: Nation;
  readonly districtCode: string;
  readonly countyCode: string | null;
  readonly ward: Area | null;
  readonly division: Area | null;
  readonly constituency: Area;
}

/** Puts our own names to the councils of a postcode. An official code that we do not know is an error, never a guess. */
export function placeOf(
  areas: PostcodeAreas,
  councils: CouncilRegister,
  source: PlaceSource,
): Result<Place, 'unknown-council'> {
  const codes = areas.countyCode === null ? [areas.districtCode] : [areas.districtCode, areas.countyCode];
  const found = codes.map((code) => councils.byCode(code)).filter((council) => council !== undefined);
  if (found.length !== codes.length) return err('unknown-council');
  const { postcode, nation, ward, division, constituency } = areas;
  return ok({
    postcode,
    nation,
    councils: found.map(({ code, name, tier }) => ({ code, name, tier })),
    ward,
    division,
    constituency,
    source,
  });
}
