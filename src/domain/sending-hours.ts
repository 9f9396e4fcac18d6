/** Hours of every day in London, in minutes since midnight: from the first to before the second, which is later on the same day. */
export interface HoursOfTheDay {
  readonly from: number;
  readonly until: number;
}

const MINUTE = 60 * 1000;
const HOUR_IN_MINUTES = 60;
const DAY_IN_MINUTES = 24 * HOUR_IN_MINUTES;

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** Reads "08:00-20:30"; undefined when it is no such hours, or they do not end after they begin. */
export function hoursIn(text: string): HoursOfTheDay | undefined {
  const [, ...digits] = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim()) ?? [];
  const [h1, m1, h2, m2] = digits.map(Number);
  if (h1 === undefined || m1 === undefined || h2 === undefined || m2 === undefined) return undefined;
  const from = h1 * HOUR_IN_MINUTES + m1;
  const until = h2 * HOUR_IN_MINUTES + m2;
  return from < until && until <= DAY_IN_MINUTES ? { from, until } : undefined;
}

/** When it is within these hours next: now, or when they begin. Summer time begins and ends as it does in London. */
export function nextWithin(hours: HoursOfTheDay, now: Date): Date {
  if (isWithin(hours, now)) return now;
  const minutes = (hours.from - minutesOf(now) + DAY_IN_MINUTES) % DAY_IN_MINUTES;
  const start = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
  const guess = later(start, minutes);
  // Where the clocks change in between, the guess is an hour off: too late is put right by going back, too early by going on.
  const off = (minutesOf(guess) - hours.from + DAY_IN_MINUTES) % DAY_IN_MINUTES;
  if (off === 0) return guess;
  const right = later(guess, off <= DAY_IN_MINUTES / 2 ? -off : DAY_IN_MINUTES - off);
  return isWithin(hours, right) && right > now ? right : guess; // the hours may begin in the hour that does not exist
}

function isWithin({ from, until }: HoursOfTheDay, at: Date): boolean {
  const minutes = minutesOf(at);
  return from <= minutes && minutes < until;
}

function minutesOf(at: Date): number {
  const [hour = 0, minute = 0] = CLOCK.format(at).split(':').map(Number);
  return hour * HOUR_IN_MINUTES + minute;
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE);
}
