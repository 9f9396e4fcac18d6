import type { PlaceProblem } from '../domain/place-problem.ts';
import type { Place } from '../domain/place.ts';
import type { Result } from '../domain/result.ts';

export interface FoundPlace {
  readonly place: Place;
  /** When an upstream last told us so. */
  readonly asOf: Date;
  /** True when the upstream could not be asked and an older answer serves. */
  readonly late: boolean;
}

/** Finds the place of a postcode, however it was typed. */
export type FindPlace = (typed: string) => Promise<Result<FoundPlace, PlaceProblem>>;
