import type { ConstituencyRegister } from './constituency.ts';
import { councilsAt } from './council-on.ts';
import type { CouncilRef, CouncilRegister } from './council.ts';
import { areaOf, type Area, type Nation } from './nation.ts';
import type { Postcode } from './postcode.ts';
import { err, ok, type Result } from './result.ts';

/** Who told us where a postcode is: the operator's own directory, an upstream, our example places, or the supporter (by name; with a postcode, against what it says). */
export type PlaceSource = 'postcode directory' | 'postcodes.io' | 'examples' | 'chosen';

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

/** A place without its postcode: the same for all postcodes that lie in the same areas. */
export type Whereabouts = Omit<Place, 'postcode'>;

/** Our own lists of all councils and all constituencies. */
export interface Registers {
  readonly councils: CouncilRegister;
  readonly constituencies: ConstituencyRegister;
}

/** The areas that a postcode lies in, as a directory of postcodes tells them, before councils get our names. */
export interface Areas {
  readonly nation: Nation;
  readonly districtCode: string;
  readonly countyCode: string | null;
  readonly ward: Area | null;
  readonly division: Area | null;
  readonly constituency: Area;
}

export interface PostcodeAreas extends Areas {
  readonly postcode: Postcode;
}

/** The islands that have postcodes like ours, and neither a council of the United Kingdom nor an MP. */
export type ElsewhereInTheIsles = 'channel-islands' | 'isle-of-man';

/** An official code that is in none of our lists: an answer from before a boundary change, or after one we do not know of. */
export type UnknownArea = 'unknown-council' | 'unknown-constituency';

/**
 * Puts our own names to the councils and the constituency of a postcode, as they are on a day ("YYYY-MM-DD", London). A code that
 * we do not know is an error, never a guess.
 */
export function whereaboutsOf(
  areas: Areas,
  registers: Registers,
  source: PlaceSource,
  today: string,
): Result<Whereabouts, UnknownArea> {
  const councils = councilsAt(areas, today, registers.councils);
  if (!councils) return err('unknown-council');
  const constituency = registers.constituencies.byCode(areas.constituency.code);
  if (!constituency) return err('unknown-constituency');
  const { nation } = areas;
  // Wards and divisions end with their councils: the new one's are others, even where they bear the same names.
  const { ward, division } = councils.some(({ replaced }) => replaced) ? { ward: null, division: null } : areas;
  return ok({ nation, councils, ward, division, constituency: areaOf(constituency), source });
}
