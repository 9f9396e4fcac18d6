import type { ReturnKind } from './returned-mail.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How a council's list stands: believed and lately confirmed, believed while its council does not answer, held for a person, or not there. */
export type ListStanding = 'good' | 'failing' | 'held' | 'none';

/** Deliveries that wait for a person, and since when the first of them does. */
export interface Held {
  readonly total: number;
  readonly since: Date | undefined;
}

/** How well what needs a person or comes from elsewhere is kept up: what is held, what came back to us, and what we have of others' lists. */
export interface Upkeep {
  readonly held: Held;
  /** Of the mails that came back within the last `RETURNS_COUNTED_FOR`, by kind. */
  readonly returned: ReadonlyMap<ReturnKind, number>;
  readonly lists: ReadonlyMap<ListStanding, number>;
  /** When all seats were last heard of; undefined: never. */
  readonly seatsHeardAt: Date | undefined;
}

export const RETURNS_COUNTED_FOR = 7 * DAY;
