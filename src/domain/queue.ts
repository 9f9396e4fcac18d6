import type { Mail } from './delivery.ts';
import { nextWithin, type HoursOfTheDay } from './sending-hours.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Mails in the outbox, of one kind: ready to go, being handed over, not due yet, or due and held up on purpose. */
export interface Waiting {
  readonly kind: Mail['kind'];
  readonly stands: 'due' | 'in hand' | 'later' | 'paused' | 'out of hours';
  readonly total: number;
  readonly oldestDueAt: Date;
}

/** What can be known about the mail at one moment, without knowing whose it is. */
export interface QueueReading {
  readonly waiting: readonly Waiting[];
  /** How many deliveries came to a state within the last `BOUNCES_COUNTED_FOR`. */
  readonly deliveries: ReadonlyMap<string, number>;
}

/** What keeps mail from going although it is due. */
export interface Restraints {
  /** In which letters go; null: around the clock. */
  readonly hours: HoursOfTheDay | null;
  /** When somebody last let go on what was paused. */
  readonly resumedAt: Date | undefined;
}

/** Counts nothing as late for the time in which it was not to go. */
export function underRestraints(waiting: Waiting, { hours, resumedAt }: Restraints, now: Date): Waiting {
  if (waiting.stands !== 'due' && waiting.stands !== 'in hand') return waiting;
  const { kind, stands, oldestDueAt } = waiting;
  const due = resumedAt && resumedAt > oldestDueAt ? resumedAt : oldestDueAt;
  const goes = kind === 'letter' && hours ? nextWithin(hours, due) : due;
  return { ...waiting, oldestDueAt: goes, stands: stands === 'due' && goes > now ? 'out of hours' : stands };
}

export const BOUNCES_COUNTED_FOR = 7 * DAY;

/** A worker that keeps up is late by seconds. */
export const LATE_AFTER = HOUR;

const MOST_BOUNCES = 0.05;

/** With fewer one wrong address would be an alarm. */
const FEWEST_DELIVERIES = 20;

/** Why a person has to look: nobody sends what is due, or too much of what is sent does not arrive. */
export type Alarm =
  | { readonly kind: 'late'; readonly oldestDueAt: Date }
  | { readonly kind: 'bouncing'; readonly came: Bounces };

export interface Bounces {
  readonly back: number;
  readonly outOf: number;
}

export function alarmsIn(reading: QueueReading, now: Date): Alarm[] {
  const alarms: Alarm[] = [];
  const oldestDueAt = oldestDue(reading.waiting);
  if (oldestDueAt && now.getTime() - oldestDueAt.getTime() > LATE_AFTER) alarms.push({ kind: 'late', oldestDueAt });
  const came = bouncesIn(reading.deliveries);
  if (came.outOf >= FEWEST_DELIVERIES && rateOf(came) > MOST_BOUNCES) alarms.push({ kind: 'bouncing', came });
  return alarms;
}

/** When the mail was due that has waited longest to be sent; undefined when none is due. */
export function oldestDue(waiting: readonly Waiting[]): Date | undefined {
  const due = waiting
    .filter(({ stands }) => stands === 'due' || stands === 'in hand')
    .map(({ oldestDueAt }) => oldestDueAt.getTime());
  return due.length > 0 ? new Date(Math.min(...due)) : undefined;
}

/** Of the deliveries that a mail server was asked to take, those that it or a later one would not have. */
export function bouncesIn(deliveries: ReadonlyMap<string, number>): Bounces {
  const total = (states: readonly string[]) => states.reduce((sum, state) => sum + (deliveries.get(state) ?? 0), 0);
  const back = total(CAME_BACK);
  return { back, outOf: back + total(WENT_OUT) };
}

export function rateOf({ back, outOf }: Bounces): number {
  return outOf === 0 ? 0 : back / outOf;
}

const CAME_BACK = ['refused', 'bounced'];
const WENT_OUT = ['handed over', 'delivered'];
