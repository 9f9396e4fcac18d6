import type { CouncillorList } from './councillor.ts';
import type { Result } from './result.ts';

/** What a server says of the version that it gave, to be said back to it: RFC 9110, 8.8. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type ListAnswer =
  /** Still what the validators were of. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'list'; readonly list: CouncillorList; readonly validators: Validators | null };

/**
 * Why there is no list, each word another thing to do about it:
 * - `no-moderngov`: the council runs another system, so only a file can name its councillors;
 * - `unavailable`: no answer, a broken one, or asked to come back (429, 5xx): try again;
 * - `too-slow`: not all of it had come when the time was up: try again;
 * - `refused`: it does not let us in (401, 403);
 * - `not-moderngov`: another answer than ModernGov's, such as a page: the address has to be looked at;
 * - `unreadable`: ModernGov's, but broken, or not what we can believe;
 * - `too-few`: fewer councillors than any council has;
 * - `too-large`: more than any council's list can be;
 * - `redirected-away`: sent on to somebody else's site, or round and round;
 * - `private-address`: its name leads into a network that is not the public one;
 * - `shared-and-unclear`: the installation serves two councils, and we cannot tell whose councillors are whose.
 */
export const LIST_FAILURES = [
  'no-moderngov',
  'unavailable',
  'too-slow',
  'refused',
  'not-moderngov',
  'unreadable',
  'too-few',
  'too-large',
  'redirected-away',
  'private-address',
  'shared-and-unclear',
] as const;
export type ListFailure = (typeof LIST_FAILURES)[number];

/** The fewest councillors that we believe a council to have: the rule of Democracy Club's scrapers (LGSF). */
export const FEWEST_COUNCILLORS = 10;

/** A list with fewer than any council has is a list that something is wrong with. */
export function believeList(list: CouncillorList): Result<CouncillorList, 'too-few'> {
  return list.councillors.length < FEWEST_COUNCILLORS ? { ok: false, error: 'too-few' } : { ok: true, value: list };
}
