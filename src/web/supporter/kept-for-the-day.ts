import { londonDay } from '../../domain/london-time.ts';

/** Makes something once for each day in London ("YYYY-MM-DD"): what it says follows the date, and not every request pays for it. */
export function keptForTheDay<T>(clock: () => Date, make: (today: string) => T): () => T {
  let kept: { readonly day: string; readonly made: T } | undefined;
  return () => {
    const today = londonDay(clock());
    if (kept?.day !== today) kept = { day: today, made: make(today) };
    return kept.made;
  };
}
