import { lastMomentOf } from './london-time.ts';

/** The last moment of the day ("YYYY-MM-DD") on which a person checked something, but not later than now: it holds against what was known that morning. */
export function checkedAt(day: string, now: Date): Date {
  return new Date(Math.min(lastMomentOf(day).getTime(), now.getTime()));
}
