import type { ChoiceProblem } from '../domain/place-problem.ts';
import type { Place } from '../domain/place.ts';
import type { Result } from '../domain/result.ts';

/** Makes a place of a council and a constituency, each given by official code or by name; "" when left open. */
export type ChoosePlace = (council: string, constituency: string) => Result<Place, ChoiceProblem>;
