import type { Fact } from '../../domain/fact.ts';
import type { Position } from '../../domain/position.ts';

/** A claim with where it comes from, as the pages show it. */
export interface ClaimView {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly url: string | null;
  /** "25 January 2024", "February 2023" or "2022": as exactly as the source tells. Empty when the source's own name says it. */
  readonly dated: string;
}

export function factView({ id, text, source, url, dated }: Fact): ClaimView {
  return { id, text, source, url, dated: dateBeside(source, dated) };
}

export function positionView({ councilCode, text, source, url, dated }: Position): ClaimView {
  return { id: `position-${councilCode}`, text, source, url, dated: dateBeside(source, dated) };
}

function dateBeside(source: string, dated: string): string {
  const spoken = spokenDate(dated);
  return source.includes(spoken) ? '' : spoken;
}

const LONG = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** Says a date that is given as "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
export function spokenDate(dated: string): string {
  const known = SPOKEN.get(dated) ?? speak(dated);
  SPOKEN.set(dated, known);
  return known;
}

// Saying a date takes longer than the rest of a claim, and the dates of our records are few.
const SPOKEN = new Map<string, string>();

function speak(dated: string): string {
  const parts = dated.split('-').length;
  if (parts === 1) return dated;
  return (parts === 2 ? MONTH : LONG).format(new Date(dated));
}
