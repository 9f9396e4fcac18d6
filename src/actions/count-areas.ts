import type { Area } from '../domain/nation.ts';
import type { Registers } from '../domain/place.ts';
import type { AreaCodes } from '../store/postcode-directory-file.ts';

/** What the postcodes in use say of areas. */
export interface AreasCounted {
  /** How many postcodes lie in no part of the United Kingdom. */
  readonly ofTheIslands: number;
  /** How many postcodes name each code that is in none of our lists. */
  readonly unknown: ReadonlyMap<string, number>;
  /** How many have no constituency. */
  readonly nowhere: number;
  readonly wards: number;
  readonly divisions: number;
  /** Codes of wards and divisions that no table names. */
  readonly nameless: readonly string[];
}

interface NamedArea {
  readonly area: Area;
  readonly councilCode: string | null;
}

/** Counts, row by row of the postcodes in use, which areas there are, whose they are, and which of them we do not know. */
export function areaCounter({ councils, constituencies }: Registers) {
  const unknown = new Map<string, number>();
  const wards = new Map<string, string>();
  const divisions = new Map<string, string | null>();
  let [ofTheIslands, nowhere] = [0, 0];
  const missing = (code: string) => unknown.set(code, (unknown.get(code) ?? 0) + 1);

  const count = ({ nation, districtCode, countyCode, wardCode, divisionCode, constituencyCode }: AreaCodes): void => {
    if (nation === 'channel-islands' || nation === 'isle-of-man') {
      ofTheIslands++;
      return;
    }
    if (constituencyCode === null) nowhere++;
    else if (!constituencies.byCode(constituencyCode)) missing(constituencyCode);
    if (!councils.byCode(districtCode)) missing(districtCode);
    if (countyCode !== null && !councils.byCode(countyCode)) missing(countyCode);
    if (wardCode !== null) wards.set(wardCode, districtCode);
    if (divisionCode !== null) divisions.set(divisionCode, countyCode);
  };

  /** Puts names to wards and divisions. */
  const named = (names: ReadonlyMap<string, string>): AreasCounted & { readonly named: readonly NamedArea[] } => {
    const all = [...wards, ...divisions];
    return {
      ofTheIslands,
      unknown,
      nowhere,
      wards: wards.size,
      divisions: divisions.size,
      nameless: all.map(([code]) => code).filter((code) => !names.has(code)),
      named: all.flatMap(([code, councilCode]) => {
        const name = names.get(code);
        return name === undefined ? [] : [{ area: { code, name }, councilCode }];
      }),
    };
  };

  return { count, named };
}
