import type { Addressee, AddresseeId } from './addressee.ts';
import type { Place } from './place.ts';
import { err, ok, type Result } from './result.ts';
import type { Supporter } from './supporter.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long a supporter has to press the button in the confirmation email. */
export const CONFIRMATION_WINDOW = 7 * DAY;

/** The same person may write again to the same addressee about the same campaign after this long. */
export const ONE_LETTER_EVERY = 30 * DAY;

/** Every state a letter can be in, and the states it may move to from there. What happens to each copy of it is the delivery's. */
const MOVES = {
  'awaiting confirmation': ['confirmed', 'expired'],
  confirmed: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;

export type LetterState = keyof typeof MOVES;

/** A draft that a supporter has handed to us, for one or more addressees. */
export interface Letter {
  readonly id: string;
  readonly campaignId: string;
  readonly state: LetterState;
  readonly writtenAt: Date;
  readonly from: Supporter;
  readonly to: readonly LetterAddressee[];
  readonly place: Place;
  readonly subject: string;
  /** To one addressee: all that will be read, date to signature. To several: what follows each one's own `opening`. */
  readonly body: string;
  readonly templateId: string;
  /** Whole percent of the letter that is not in the template. */
  readonly ownWords: number;
  readonly wantsNews: boolean;
}

/** An addressee as it was when the letter was written; its email address was looked up then, by us. */
export interface LetterAddressee {
  readonly id: AddresseeId;
  readonly kind: Addressee['kind'];
  readonly name: string;
  readonly office: string;
  readonly email: string;
  readonly areaCode: string;
  /** Date, office and salutation above the text, where several get the same letter; empty where the text begins with its own. */
  readonly opening: string;
  /** Others who read the same mailbox: they are named in the opening, and get this mail and no other. */
  readonly sharing: readonly AddresseeId[];
}

/** Everybody who reads a letter: its addressees, and those who share a mailbox with one. */
export function readersOf({ to }: Pick<Letter, 'to'>): readonly AddresseeId[] {
  return to.flatMap(({ id, sharing }) => [id, ...sharing]);
}

/** What one addressee reads. */
export function textFor({ body }: Pick<Letter, 'body'>, { opening }: Pick<LetterAddressee, 'opening'>): string {
  return opening === '' ? body : `${opening}\n\n${body}`;
}

/** The salutation of an addressee's own opening; '' where the text begins with its own. */
export function salutationIn({ opening }: Pick<LetterAddressee, 'opening'>): string {
  return opening.slice(opening.lastIndexOf('\n') + 1);
}

export function canMove(from: LetterState, to: LetterState): boolean {
  return (MOVES[from] as readonly LetterState[]).includes(to);
}

export type Refusal = 'already-confirmed' | 'link-expired';

/** What confirming this letter at this moment makes of it. Changes nothing by itself. */
export function confirm(letter: Letter, now: Date): Result<Letter, Refusal> {
  if (!canMove(letter.state, 'confirmed'))
    return err(letter.state === 'expired' ? 'link-expired' : 'already-confirmed');
  if (now.getTime() - letter.writtenAt.getTime() > CONFIRMATION_WINDOW) return err('link-expired');
  return ok({ ...letter, state: 'confirmed' });
}
