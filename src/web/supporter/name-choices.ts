import { councilsOn } from '../../domain/council-on.ts';
import type { Constituency, ConstituencyRegister } from '../../domain/constituency.ts';
import type { Council, CouncilRegister } from '../../domain/council.ts';
import { NATIONS, type Area, type Nation } from '../../domain/nation.ts';

export interface NameChoices {
  readonly councils: readonly ByNation[];
  readonly constituencies: readonly ByNation[];
}

interface ByNation {
  readonly nation: Nation;
  readonly areas: readonly Area[];
}

/** Every council of today ("YYYY-MM-DD", London) and every constituency by nation and name, for the lists of the page that chooses by name. */
export function nameChoices(
  councils: CouncilRegister,
  constituencies: ConstituencyRegister,
  today: string,
): NameChoices {
  return { councils: byNation(councilsOn(councils, today)), constituencies: byNation(constituencies.all) };
}

function byNation(all: readonly (Council | Constituency)[]): ByNation[] {
  return NATIONS.map((nation) => ({
    nation,
    areas: all.filter((one) => one.nation === nation).toSorted((a, b) => sortName(a).localeCompare(sortName(b), 'en')),
  }));
}

/** Southwark is looked for under S, not under "London Borough of". */
function sortName(one: Council | Constituency): string {
  return 'area' in one ? one.area : one.name;
}
