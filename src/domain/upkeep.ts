import type { ReturnKind } from './returned-mail.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How a council's list stands: believed and lately confirmed, believed while its council does not answer, held for a person, or not there. */
export type ListStanding = 'good' | 'failing' | 'held' | 'none';

/** How well what comes from elsewhere is kept up: what came back to us, and what we have of others' lists. */
export interface Upkeep {
  /** Of the mails that came back within the last `RETURNS_COUNTED_FOR`, by kind. */
  readonly returned: ReadonlyMap<ReturnKind, number>;
  readonly lists: ReadonlyMap<ListStanding, number>;
  /** When all seats were last heard of; undefined: never. */
  readonly seatsHeardAt: Date | undefined;
}

export const RETURNS_COUNTED_FOR = 7 * DAY;
