import type { Validators } from './councillor-list.ts';
import type { CouncillorList, ListSource } from './councillor.ts';

/** A council's list as somebody just told it. */
export interface FoundList {
  readonly list: CouncillorList;
  readonly source: ListSource;
  /** When it was true: when the council was asked, or the end of the day on which a person checked it. */
  readonly at: Date;
  /** By the councillor's id: where a person found their address. Empty for what no person looked up. */
  readonly origins: Readonly<Record<string, string>>;
  /** What its server wants to hear again. */
  readonly validators: Validators | null;
}
