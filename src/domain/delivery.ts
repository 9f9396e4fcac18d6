import type { AddresseeId } from './addressee.ts';
import type { MailReason } from './mail-reason.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Mails that one process has in hand: with the mail server, waiting for their note, or ready to go. A crash sends at most these again. */
export const MAILS_IN_HAND = 56;

/** How long a letter that a mail server puts off, or a full mailbox sends back, is tried again, from the first try on. */
export const TRIED_FOR = 2 * DAY;

/** A letter that was handed over and has not come back after this long counts as delivered. */
export const BOUNCES_WITHIN = 2 * DAY;

/** How long mail may come back to a return path: servers give up after five days or so, people answer within weeks. Then nobody is left to tell. */
export const COMES_BACK_WITHIN = 30 * DAY;

/**
 * The life of one letter to one addressee: what may become of it from each state, how long it stays so at most (milliseconds;
 * null: as long as it takes), and what it becomes then.
 */
export const DELIVERY_LIFE = {
  queued: life(['deferred', 'handed over', 'refused', 'held', 'called off', 'withdrawn']),
  deferred: life(['handed over', 'refused', 'held', 'called off', 'withdrawn', 'given up'], TRIED_FOR, 'given up'),
  // It comes back from a mailbox that is full, and waits for room.
  'handed over': life(['deferred', 'delivered', 'bounced'], BOUNCES_WITHIN, 'delivered'),
  // A mail server on the way may try for days before it sends a letter back.
  delivered: life(['bounced']),
  // Something nobody foresaw: a person looks at it, and it never fails by itself.
  held: life(['queued', 'given up', 'called off', 'withdrawn']),
  refused: life([]),
  bounced: life([]),
  'given up': life([]),
  // Whoever it was for had left office, or the office had ended, before it went out.
  'called off': life([]),
  // Its writer took it back.
  withdrawn: life([]),
} as const satisfies Record<string, Stage<string>>;

export type DeliveryState = keyof typeof DELIVERY_LIFE;

interface Stage<State extends string> {
  readonly mayBecome: readonly State[];
  readonly atMost: number | null;
  readonly thenBecomes: State | null;
}

function life<State extends string>(mayBecome: readonly State[], atMost?: number, thenBecomes?: State): Stage<State> {
  return { mayBecome, atMost: atMost ?? null, thenBecomes: thenBecomes ?? null };
}

/** One letter to one addressee. */
export interface Delivery {
  readonly id: string;
  readonly letterId: string;
  readonly to: AddresseeId;
  readonly state: DeliveryState;
  readonly movedAt: Date;
}

export function canMoveDelivery(from: DeliveryState, to: DeliveryState): boolean {
  return (DELIVERY_LIFE[from].mayBecome as readonly DeliveryState[]).includes(to);
}

/** Whether it is still on our side, and goes out by itself. */
export function isWaiting(state: DeliveryState): boolean {
  return state === 'queued' || state === 'deferred';
}

/** Whether a mail server has it, and has not sent it back. */
export function hasArrived(state: DeliveryState): boolean {
  return state === 'handed over' || state === 'delivered';
}

/** Whether it ended without reaching anybody, so that its writer is told and may write again. */
export function isUndelivered(state: DeliveryState): boolean {
  return UNDELIVERED.has(state);
}

const UNDELIVERED: ReadonlySet<DeliveryState> = new Set(['refused', 'bounced', 'given up', 'called off']);

/** The mails that wait in the outbox: about a letter, or about one delivery of it. */
export type Mail =
  | { readonly kind: 'confirmation' | 'reminder' | 'question' | 'question again'; readonly letterId: string }
  | { readonly kind: 'letter' | 'not delivered'; readonly letterId: string; readonly deliveryId: string };

/** What the mail server said. */
export type Handover =
  | { readonly outcome: 'accepted' }
  | {
      readonly outcome: 'try later' | 'refused' | 'not understood';
      /** Its own words. */
      readonly reason: string;
      /** What we make of them; absent where no mail server has said anything. */
      readonly why?: MailReason;
    };
