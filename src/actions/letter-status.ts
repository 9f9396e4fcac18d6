import type { Delivery } from '../domain/delivery.ts';
import type { Letter } from '../domain/letter.ts';

export interface LetterStatus {
  readonly letter: Letter;
  /** Empty until confirmed; then one for each of `letter.to`. */
  readonly deliveries: readonly Delivery[];
}

/** The letter behind a status link; undefined when the link is not ours or what it was about has been forgotten. */
export type StatusOf = (token: string) => Promise<LetterStatus | undefined>;
