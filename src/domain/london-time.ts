const LETTER_DATE = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'long' });
const DAY_AND_HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});
const ISO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** "23 November 2026", the day it is in London. */
export function londonDate(at: Date): string {
  return LETTER_DATE.format(at);
}

/** "Monday 30 November at 9:05 am", in London. */
export function londonDayAndHour(at: Date): string {
  return DAY_AND_HOUR.format(at);
}

/** "2026-11-23", the day it is in London: for comparing with dates of facts and for counting by day. */
export function londonDay(at: Date): string {
  return ISO_DAY.format(at);
}

/** "1 April 2027", for "2027-04-01". */
export function dayInWords(day: string): string {
  return londonDate(new Date(`${day}T12:00:00Z`));
}

const HOUR = 60 * 60 * 1000;

/** The last millisecond of a day ("2026-05-10") in London, which in summer ends an hour before that of UTC. */
export function lastMomentOf(day: string): Date {
  const ofUtc = new Date(`${day}T23:59:59.999Z`);
  return londonDay(ofUtc) === day ? ofUtc : new Date(ofUtc.getTime() - HOUR);
}
