import { z } from 'zod';
import type { ChoosePlace } from '../../actions/choose-place.ts';
import type { FindPlace } from '../../actions/find-place.ts';
import type { ChoiceProblem, PlaceProblem } from '../../domain/place-problem.ts';
import type { Place } from '../../domain/place.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** Text of a query or a form; whatever is not one piece of text counts as not given. */
export const text = z.string().catch('');

/** What an address or a form says about where the supporter lives: a postcode, or a council and a constituency. */
export interface Asked {
  readonly postcode: string;
  /** Code or name. */
  readonly council: string;
  /** Code or name. */
  readonly constituency: string;
}

const Query = z.object({ postcode: text, council: text, constituency: text });

export function askedIn(query: unknown): Asked {
  return Query.parse(query ?? {});
}

/** A place, and how old the answer is that it comes from. */
export interface Here {
  readonly place: Place;
  /** Set when an older answer serves because the upstream is silent. */
  readonly asOf: Date | null;
}

export type NotHere =
  | { readonly by: 'postcode'; readonly problem: PlaceProblem }
  | { readonly by: 'name'; readonly problem: ChoiceProblem };

export type FindHere = (asked: Asked) => Promise<Result<Here, NotHere>>;

/** By name when a council or a constituency is given, else by postcode. */
export function hereFinder({ findPlace, choosePlace }: { findPlace: FindPlace; choosePlace: ChoosePlace }): FindHere {
  return async ({ postcode, council, constituency }) => {
    if (council !== '' || constituency !== '') {
      const chosen = choosePlace(council, constituency);
      return chosen.ok ? ok({ place: chosen.value, asOf: null }) : err({ by: 'name', problem: chosen.error });
    }
    const found = await findPlace(postcode);
    if (!found.ok) return err({ by: 'postcode', problem: found.error });
    return ok({ place: found.value.place, asOf: found.value.late ? found.value.asOf : null });
  };
}

/** The words of an address that lead to this place again: "postcode=SE1+2DL". */
export function queryFor(place: Place, more: Readonly<Record<string, string>> = {}): string {
  const where = place.postcode
    ? { postcode: place.postcode }
    : { council: place.councils[0]?.code ?? '', constituency: place.constituency.code };
  return new URLSearchParams({ ...where, ...more }).toString();
}
