import type { Constituency } from './constituency.ts';
import { councilsOn, standingOn } from './council-on.ts';
import type { Council } from './council.ts';
import type { Registers } from './place.ts';

/** Which councils and constituencies touch on one day. */
export interface DaysMap extends Registers {
  /** "YYYY-MM-DD", London. */
  readonly today: string;
  /** The councils of the day. */
  readonly standing: readonly Council[];
  /** The district and single-tier councils of the day that a constituency touches. */
  inside(constituency: Constituency): readonly Council[];
}

export function mapOf({ councils, constituencies }: Registers, today: string): DaysMap {
  const standing = councilsOn(councils, today);
  const inside = ({ councilCodes }: Constituency): readonly Council[] => {
    const listed = councilCodes.map((code) => councils.byCode(code)).filter((one) => one !== undefined);
    const there = listed.map((one) => standingOn(one, today, councils)).filter((one) => one !== undefined);
    return [...new Set(there)];
  };
  return { councils, constituencies, today, standing, inside };
}

/** A constituency touches district and single-tier councils; a county touches what its districts touch. */
export function touches(constituency: Constituency, council: Council, map: DaysMap): boolean {
  return map.inside(constituency).some(({ code, countyCode }) => code === council.code || countyCode === council.code);
}

/** The constituencies that a council reaches into. */
export function touching(council: Council, map: DaysMap): readonly Constituency[] {
  return map.constituencies.all.filter((one) => touches(one, council, map));
}
