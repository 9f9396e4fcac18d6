import type { Audience } from './addressee.ts';
import type { Nation } from './nation.ts';

/** A sourced, dated claim. A letter says only what a fact says. */
export interface Fact {
  readonly id: string;
  /** One or two full sentences. */
  readonly text: string;
  readonly audiences: readonly Audience[];
  readonly nations: readonly Nation[];
  readonly source: string;
  readonly url: string | null;
  /** Year, month or day, as exactly as the source tells. */
  readonly dated: string;
  /** The last day on which it may be used, "YYYY-MM-DD". */
  readonly reviewBy: string;
}

/** Whether a fact may stand in a letter to this audience in this nation on this day ("YYYY-MM-DD", London). */
export function holds(fact: Fact, audience: Audience, nation: Nation, today: string): boolean {
  return fact.audiences.includes(audience) && fact.nations.includes(nation) && today <= fact.reviewBy;
}
