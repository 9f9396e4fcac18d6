import { TRIED_FOR } from './delivery.ts';

const MINUTE = 60 * 1000;

/** Waits between attempts to hand over one mail; after the last of them it is tried once more when two days are over. */
const WAITS = [1, 5, 30, 120, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** Each wait is up to this much longer or shorter, so that what failed together is not tried again together. */
const JITTER = 0.1;

/** A mail that is taken up so often without a word of how it went ends the process that takes it up. */
export const MOST_ATTEMPTS = 2 * WAITS.length;

interface Tried {
  /** How often, the last time included. */
  readonly attempts: number;
  readonly firstTriedAt: Date;
}

/** When to try again; null: give up. `chance` is from 0 to 1. */
export function nextAttempt({ attempts, firstTriedAt }: Tried, now: Date, chance: number): Date | null {
  const end = lastAttempt(firstTriedAt).getTime();
  if (now.getTime() >= end) return null;
  const wait = WAITS[attempts - 1];
  const at = wait === undefined ? end : now.getTime() + wait * (1 + JITTER * (2 * chance - 1));
  return new Date(Math.min(Math.round(at), end));
}

/** When it is tried for the last time, if it has to be. */
export function lastAttempt(firstTriedAt: Date): Date {
  return new Date(firstTriedAt.getTime() + TRIED_FOR);
}
