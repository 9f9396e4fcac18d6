import type { KnownContact } from './contact.ts';
import type { ListProblem } from './councillor-list-doubt.ts';
import type { ListSource } from './councillor.ts';
import type { Council } from './council.ts';
import type { KnownCouncillor } from './known-list.ts';
import { NATIONS, type Area, type Nation } from './nation.ts';

/** A ward or division that we know of, and whether its council's list tells who sits for it. */
export interface CoveredWard extends Area {
  readonly kind: 'ward' | 'division';
  readonly match: 'matched' | 'in-doubt' | 'missing';
  /** The seat as the list writes it; in doubt: those it could be. */
  readonly seats: readonly string[];
}

/** How well one council's people can be written to. */
export interface CouncilCoverage {
  readonly council: Council;
  /** Null: no list. */
  readonly source: ListSource | null;
  readonly asOf: Date | null;
  readonly triedAt: Date | null;
  readonly problem: ListProblem | null;
  readonly failingSince: Date | null;
  readonly heldAt: Date | null;
  readonly held: { readonly councillors: number; readonly withEmail: number } | null;
  /** Of the council's own office, the first to try first. */
  readonly office: readonly KnownContact[];
  readonly councillors: readonly KnownCouncillor[];
  readonly vacantSeats: readonly string[];
  readonly wards: readonly CoveredWard[];
}

/** One line of the table: the councils of one nation whose lists come from one source. */
export interface CoverageLine {
  readonly nation: Nation;
  readonly source: ListSource | 'none';
  readonly councils: number;
  /** Councils of which at least one councillor has an address. */
  readonly withEmails: number;
  readonly withoutEmails: number;
  readonly matched: number;
  readonly inDoubt: number;
  readonly missing: number;
  readonly oldest: Date | null;
  readonly failing: number;
  readonly held: number;
}

const SOURCES = ['moderngov', 'file', 'example', 'none'] as const;

/** Adds the councils up by nation and source; a line for each that there is. */
export function tally(councils: readonly CouncilCoverage[]): readonly CoverageLine[] {
  return NATIONS.flatMap((nation) =>
    SOURCES.map((source) => ({
      nation,
      source,
      those: councils.filter((one) => one.council.nation === nation && (one.source ?? 'none') === source),
    })),
  )
    .filter(({ those }) => those.length > 0)
    .map(({ nation, source, those }) => lineOf(nation, source, those));
}

function lineOf(nation: Nation, source: CoverageLine['source'], those: readonly CouncilCoverage[]): CoverageLine {
  const wards = those.flatMap((one) => one.wards);
  const count = (match: CoveredWard['match']) => wards.filter((ward) => ward.match === match).length;
  const withEmails = those.filter(({ councillors }) => councillors.some(({ contacts }) => contacts.length > 0)).length;
  const ages = those.flatMap(({ asOf }) => (asOf ? [asOf.getTime()] : []));
  return {
    nation,
    source,
    councils: those.length,
    withEmails,
    withoutEmails: those.length - withEmails,
    matched: count('matched'),
    inDoubt: count('in-doubt'),
    missing: count('missing'),
    oldest: ages.length > 0 ? new Date(Math.min(...ages)) : null,
    failing: those.filter(({ failingSince }) => failingSince !== null).length,
    held: those.filter(({ heldAt }) => heldAt !== null).length,
  };
}
