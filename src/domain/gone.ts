import { councilCodeIn } from './addressee.ts';
import { hasEnded, successorsOf } from './council-on.ts';
import type { Council, CouncilRegister } from './council.ts';
import type { Letter, LetterAddressee } from './letter.ts';
import { plainName } from './name.ts';
import type { Holder } from './seat.ts';

/** Why somebody can no longer be written to who could be when the letter was written. */
export type Gone =
  /** There are no MPs until the election is over. */
  | { readonly kind: 'dissolution' }
  | { readonly kind: 'seat-vacant' }
  /** `now`: who sits today, as Parliament displays the name. */
  | { readonly kind: 'mp-changed'; readonly now: string }
  /** `by`: whoever took over, several for a county. */
  | { readonly kind: 'council-ended'; readonly by: readonly Council[] };

/** A seat as the last round over all seats heard it. */
export interface KnownSeat {
  readonly holder: Holder;
  readonly fetchedAt: Date;
  /** When another round than the first one heard of somebody else; null: never. */
  readonly changedAt: Date | null;
}

/** What is known of the world when a letter is about to leave. */
export interface Today {
  readonly dissolved: boolean;
  /** The seat of an MP's letter; undefined when no round has heard of it. */
  readonly seat: KnownSeat | undefined;
  readonly councils: CouncilRegister;
  /** "YYYY-MM-DD", London. */
  readonly day: string;
}

/** Whether an addressee of a letter has left, or their office has ended, since it was written; null: still there, as far as we know. */
export function goneSince(
  { writtenAt }: Pick<Letter, 'writtenAt'>,
  to: Pick<LetterAddressee, 'id' | 'kind' | 'name'>,
  { dissolved, seat, councils, day }: Today,
): Gone | null {
  if (to.kind === 'mp') return dissolved ? { kind: 'dissolution' } : mpGone(writtenAt, to.name, seat);
  const council = councils.byCode(councilCodeIn(to.id) ?? '');
  if (!council || !hasEnded(council, day)) return null;
  return { kind: 'council-ended', by: successorsOf(council, day, councils) };
}

/** A letter may have been written to the new MP before a round heard of them: the name tells. */
function mpGone(writtenAt: Date, name: string, seat: KnownSeat | undefined): Gone | null {
  if (!seat?.changedAt || seat.changedAt < writtenAt) return null;
  if (seat.holder.vacant) return { kind: 'seat-vacant' };
  const { displayName } = seat.holder.member;
  return plainName(displayName) === plainName(name) ? null : { kind: 'mp-changed', now: displayName };
}
