const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A council that gives no list for so long is a matter for a person. */
export const FAILING_TOO_LONG = 3 * DAY;

/** When a council that answered is asked again: in about a day, by `chance` (0 to 1) up to six hours sooner or later, so that they spread over the day. */
export function nextAskAfterAnswer(now: Date, chance: number): Date {
  return new Date(now.getTime() + DAY + (2 * chance - 1) * 6 * HOUR);
}

/** When a council that has failed so many times in a row (1 or more) is asked again: ten minutes, doubled each time, a day at most. */
export function nextAskAfterFailure(failures: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(10 * MINUTE * 2 ** (failures - 1), DAY));
}
