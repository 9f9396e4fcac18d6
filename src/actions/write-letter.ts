import type { Addressee } from '../domain/addressee.ts';
import type { Place } from '../domain/place.ts';
import type { Result } from '../domain/result.ts';
import type { Supporter } from '../domain/supporter.ts';

/** A checked form: what a supporter hands over. */
export interface HandedOver {
  readonly place: Place;
  readonly to: Addressee;
  readonly from: Supporter;
  readonly subject: string;
  /** As edited, unsigned. */
  readonly body: string;
  readonly wantsNews: boolean;
}

export type WritingProblem = 'not-reachable' | 'already-handed-over' | 'too-many-for-this-mailbox';

/** Keeps a letter until its writer confirms it, and queues the confirmation mail. Gives the token of its status page. */
export type WriteLetter = (handedOver: HandedOver) => Promise<Result<{ statusToken: string }, WritingProblem>>;
