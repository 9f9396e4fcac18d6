import type { Addressee, AddresseeId } from './addressee.ts';
import type { Place } from './place.ts';
import { err, ok, type Result } from './result.ts';
import type { Supporter } from './supporter.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long a supporter has to press the button in the confirmation email. */
export const CONFIRMATION_WINDOW = 7 * DAY;

/** Who has not pressed it after this long is reminded, once. */
export const REMINDER_AFTER = DAY;

/** The same person may write again to the same addressee about the same campaign after this long. */
export const ONE_LETTER_EVERY = 30 * DAY;

/**
 * The life of a letter: what may become of it from each state, how long it stays so at most (milliseconds; null: as long as it takes), and
 * what it becomes then. What happens to each copy of it is the delivery's.
 */
export const LETTER_LIFE = {
  'awaiting confirmation': {
    mayBecome: ['confirmed', 'expired', 'withdrawn'],
    atMost: CONFIRMATION_WINDOW,
    thenBecomes: 'expired',
  },
  confirmed: { mayBecome: [], atMost: null, thenBecomes: null },
  expired: { mayBecome: [], atMost: null, thenBecomes: null },
  // Whoever got the confirmation mail says that it was not them.
  withdrawn: { mayBecome: [], atMost: null, thenBecomes: null },
} as const satisfies Record<
  string,
  { readonly mayBecome: readonly string[]; readonly atMost: number | null; readonly thenBecomes: string | null }
>;

export type LetterState = keyof typeof LETTER_LIFE;

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

/** Everybody who reads the copy that goes to one addressee. */
export function readersOfCopy({ to }: Pick<Letter, 'to'>, addressee: AddresseeId): readonly AddresseeId[] {
  return [addressee, ...(to.find(({ id }) => id === addressee)?.sharing ?? [])];
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
  return (LETTER_LIFE[from].mayBecome as readonly LetterState[]).includes(to);
}

export type Refusal = 'already-confirmed' | 'link-expired';

/** What confirming this letter at this moment makes of it. Changes nothing by itself. */
export function confirm(letter: Letter, now: Date): Result<Letter, Refusal> {
  if (!canMove(letter.state, 'confirmed'))
    return err(letter.state === 'expired' ? 'link-expired' : 'already-confirmed');
  if (now.getTime() - letter.writtenAt.getTime() > CONFIRMATION_WINDOW) return err('link-expired');
  return ok({ ...letter, state: 'confirmed' });
}
