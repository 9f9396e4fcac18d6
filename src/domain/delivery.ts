import type { AddresseeId } from './addressee.ts';

/** Every state one letter to one addressee can be in, and the states it may move to from there. */
const MOVES = {
  queued: ['handed over', 'refused', 'given up', 'called off'],
  'handed over': [],
  refused: [],
  'given up': [],
  // Whoever it was for had left office, or the office had ended, before it went out.
  'called off': [],
} as const satisfies Record<string, readonly string[]>;

export type DeliveryState = keyof typeof MOVES;

/** One letter to one addressee. */
export interface Delivery {
  readonly id: string;
  readonly letterId: string;
  readonly to: AddresseeId;
  readonly state: DeliveryState;
  readonly movedAt: Date;
}

export function canMoveDelivery(from: DeliveryState, to: DeliveryState): boolean {
  return (MOVES[from] as readonly DeliveryState[]).includes(to);
}

/** Whether it ended without reaching anybody. */
export function isUndelivered(state: DeliveryState): boolean {
  return state === 'refused' || state === 'given up' || state === 'called off';
}

/** The mails that wait in the outbox: about a letter, or about one delivery of it. */
export type Mail =
  | { readonly kind: 'confirmation'; readonly letterId: string }
  | { readonly kind: 'letter'; readonly letterId: string; readonly deliveryId: string }
  | { readonly kind: 'not delivered'; readonly letterId: string; readonly deliveryId: string };

/** What the mail server said. */
export type Handover =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'try later'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly reason: string };

const MINUTE = 60 * 1000;

/** Waits between attempts to hand over one mail: about two days in all. */
const WAITS = [1, 5, 30, 120, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** When to try again after this many attempts; null: give up. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
}
