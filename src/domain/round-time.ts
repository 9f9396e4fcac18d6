import { londonDay } from './london-time.ts';

const HOUR = 60 * 60 * 1000;

/** A new day of rounds begins at three in the morning, when nobody writes letters. */
const NIGHT_ENDS = 3 * HOUR;

/** How long a round that broke off is left before the next. */
const TRIED_AGAIN_AFTER = HOUR;

/** Whether the nightly round is due: once each night, and again an hour after one that broke off; at once where there never was one. */
export function isRoundDue(lastWhole: Date | undefined, lastTried: Date | undefined, now: Date): boolean {
  if (lastWhole && nightOf(lastWhole) === nightOf(now)) return false;
  return !lastTried || now.getTime() - lastTried.getTime() >= TRIED_AGAIN_AFTER;
}

function nightOf(at: Date): string {
  return londonDay(new Date(at.getTime() - NIGHT_ENDS));
}
