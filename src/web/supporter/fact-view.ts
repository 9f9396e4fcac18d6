import type { Fact } from '../../domain/fact.ts';
import type { Position } from '../../domain/position.ts';

/** A claim with where it comes from, as the pages show it. */
export interface ClaimView {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly url: string | null;
  /** "25 January 2024", "February 2023" or "2022": as exactly as the source tells. */
  readonly dated: string;
}

export function factView({ id, text, source, url, dated }: Fact): ClaimView {
  return { id, text, source, url, dated: spokenDate(dated) };
}

export function positionView({ councilCode, text, source, url, dated }: Position): ClaimView {
  return { id: `position-${councilCode}`, text, source, url, dated: spokenDate(dated) };
}

const LONG = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** Says a date that is given as "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
export function spokenDate(dated: string): string {
  const parts = dated.split('-').length;
  if (parts === 1) return dated;
  return (parts === 2 ? MONTH : LONG).format(new Date(dated));
}
