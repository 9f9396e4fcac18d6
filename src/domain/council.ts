import type { Area, Nation } from './nation.ts';

export const TIERS = ['unitary', 'district', 'county'] as const;
export type Tier = (typeof TIERS)[number];

/** What a place carries of a council. */
export interface CouncilRef {
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  /** Whom it took over from; only on a council that did so since Pennypost began. */
  readonly replaced?: Replaced;
}

export interface Replaced {
  /** The first day of the new council ("YYYY-MM-DD", London). */
  readonly since: string;
  /** The supporter's own district and county where the place tells them, else all that it took over from. */
  readonly councils: readonly Area[];
}

/** A principal council: of the past, of today or of a day that is already known. `council-on.ts` says which exist on a day. */
export interface Council extends CouncilRef {
  /** The short name of its area: "Southwark". */
  readonly area: string;
  readonly nation: Nation;
  /** For a district: the code of its county council. */
  readonly countyCode: string | null;
  /** Null while it is not known: a council that has not begun, or has only just. */
  readonly website: string | null;
  /** Its name in Welsh; null outside Wales. */
  readonly welshName: string | null;
  /** Where its ModernGov answers, without a slash at the end; null when it runs another system. Some councils share one. */
  readonly moderngov: string | null;
  /** Its own page of councillors; null as `website`. */
  readonly councillorsPage: string | null;
  /** The first day it exists ("YYYY-MM-DD", London); null: since before Pennypost. */
  readonly validFrom: string | null;
  /** The last day it exists ("YYYY-MM-DD", London); null: no end is known. */
  readonly validUntil: string | null;
  /** The code of the council that takes over the day after `validUntil`; null for a county that several take over from. */
  readonly successorCode: string | null;
}

export interface CouncilRegister {
  readonly all: readonly Council[];
  /** Finds a council by its official code, today's or a former one, or by the provisional one of a council to come. */
  byCode(code: string): Council | undefined;
}

export function refOf({ code, name, tier }: CouncilRef): CouncilRef {
  return { code, name, tier };
}

const TAKES_AN_ARTICLE =
  /^(London Borough|Royal Borough|Borough|City of|City and County of|Council of|Vale of|Isle of)/;

/** The council's full name as it stands inside a sentence: "the London Borough of Southwark", "the Highland Council", "Kent County Council". */
export function nameInSentence({ name }: Pick<Council, 'name'>): string {
  return TAKES_AN_ARTICLE.test(name) ? `the ${name}` : name.replace(/^The /, 'the ');
}
