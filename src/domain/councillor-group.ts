import type { Addressee } from './addressee.ts';
import type { Area } from './nation.ts';

/**
 * Why we cannot name the people of a seat: no list of the council yet; the seat's name fits none or several of the list's (`in doubt`);
 * the postcode's ward is not known; or every seat is vacant.
 */
export type NobodyKnown = 'no-list' | 'in-doubt' | 'ward-not-known' | 'vacant';

/** The councillors of one ward or one county division: whom a supporter who lives there may write to. */
export interface CouncillorGroup {
  readonly kind: 'ward' | 'division';
  readonly councilCode: string;
  /** Null when the postcode does not say. */
  readonly area: Area | null;
  /** In the order of the council's list; empty exactly when `nobody` says why. Each has a name; `contact` is the council's web page where no address is known. */
  readonly councillors: readonly CouncillorAddressee[];
  readonly nobody: NobodyKnown | null;
  /** When the council last told us; null when it never has. */
  readonly asOf: Date | null;
}

export interface CouncillorAddressee extends Addressee {
  readonly kind: 'councillor';
  readonly name: string;
  readonly party: string | null;
}
