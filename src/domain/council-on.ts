import { refOf, type Council, type CouncilRef, type CouncilRegister } from './council.ts';
import { areaOf } from './nation.ts';

/** Whether a council exists on a day ("YYYY-MM-DD", London): from its first day to the end of its last. */
export function existsOn({ validFrom, validUntil }: Council, day: string): boolean {
  return (validFrom === null || validFrom <= day) && !hasEnded({ validUntil }, day);
}

/** Whether its last day is over. */
export function hasEnded({ validUntil }: Pick<Council, 'validUntil'>, day: string): boolean {
  return validUntil !== null && validUntil < day;
}

/** The principal councils of a day. */
export function councilsOn({ all }: CouncilRegister, day: string): readonly Council[] {
  return all.filter((council) => existsOn(council, day));
}

/**
 * The council that answers for the area of this one on a day: itself, or the one that took over. Undefined before its first day,
 * and for a county that several took over from: only its districts say which.
 */
export function standingOn(council: Council, day: string, councils: CouncilRegister): Council | undefined {
  if (existsOn(council, day)) return council;
  if (!hasEnded(council, day) || council.successorCode === null) return undefined;
  const successor = councils.byCode(council.successorCode);
  return successor && standingOn(successor, day, councils);
}

/** Whoever took over from a council, or from the districts of a county, by that day. */
export function successorsOf(council: Council, day: string, councils: CouncilRegister): readonly Council[] {
  const ended =
    council.tier === 'county' ? councils.all.filter(({ countyCode }) => countyCode === council.code) : [council];
  const standing = ended.map((one) => standingOn(one, day, councils)).filter((one) => one !== undefined);
  return [...new Set(standing)].filter(({ code }) => code !== council.code);
}

/** The codes of a postcode, as a directory gives them: it may go on giving those of councils that have ended. */
interface Codes {
  readonly districtCode: string;
  readonly countyCode: string | null;
}

/**
 * The councils of a place on a day: one, or the district first and its county. Undefined when a code is in no list of ours, or
 * the council has not begun: stale or early answers are an error, never a guess.
 */
export function councilsAt(
  { districtCode, countyCode }: Codes,
  day: string,
  councils: CouncilRegister,
): readonly CouncilRef[] | undefined {
  const district = councils.byCode(districtCode);
  const standing = district && standingOn(district, day, councils);
  if (!standing) return undefined;
  const county = countyCode === null ? null : councils.byCode(countyCode);
  if (county === undefined) return undefined;
  const here = district === standing ? null : district;
  if (here !== null || county === null || hasEnded(county, day)) return [refOn(standing, here, councils)];
  return [refOf(standing), refOf(county)];
}

/** What a place carries of a council; one that took over says from whom. `here` is the supporter's own of those, where that is known. */
export function refOn(council: Council, here: Council | null, councils: CouncilRegister): CouncilRef {
  const { code, validFrom } = council;
  if (validFrom === null) return refOf(council);
  const districts = here ? [here] : councils.all.filter(({ successorCode }) => successorCode === code);
  const counties = new Set(districts.map(({ countyCode }) => councils.byCode(countyCode ?? '')));
  const before = [...districts, ...[...counties].filter((county) => county !== undefined)];
  return { ...refOf(council), replaced: { since: validFrom, councils: before.map(areaOf) } };
}
