/** A moment as a row keeps it: milliseconds since 1970, or null. */
export function timeIn(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
