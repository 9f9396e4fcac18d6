import type { HoursOfTheDay } from './sending-hours.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** How fast letters go to those they are for. Mails to supporters, who wait for them, are not held up by it. */
export interface Pace {
  /** To one mailbox. */
  readonly lettersAnHour: number;
  /** To all mailboxes of one domain. */
  readonly lettersAMinute: number;
  /** To one domain at once, from one process. */
  readonly connections: number;
  /** Null: around the clock. */
  readonly hours: HoursOfTheDay | null;
}

/** Each gap between two letters to one mailbox is up to this much longer than it has to be. */
const JITTER = 0.25;

/** Milliseconds from one letter to a mailbox to the next. `chance` is from 0 to 1. */
export function mailboxGap({ lettersAnHour }: Pace, chance: number): number {
  return Math.ceil((HOUR / lettersAnHour) * (1 + JITTER * chance));
}

/** Milliseconds from one letter to a domain to the next. */
export function domainGap({ lettersAMinute }: Pace): number {
  return Math.ceil(MINUTE / lettersAMinute);
}
