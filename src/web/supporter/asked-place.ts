import { z } from 'zod';
import type { ChoosePlace } from '../../actions/choose-place.ts';
import type { CorrectionProblem, CorrectPlace } from '../../actions/correct-place.ts';
import type { FindPlace } from '../../actions/find-place.ts';
import type { ChoiceProblem, PlaceProblem } from '../../domain/place-problem.ts';
import { placeQuery } from '../../domain/place-query.ts';
import type { Place } from '../../domain/place.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** Text of a query or a form; whatever is not one piece of text counts as not given. */
export const text = z.string().catch('');

/** Every text under one name of a query or a form, each once. */
export const texts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
  .transform((all) => [...new Set(all)].filter((one) => one !== ''));

/** What an address or a form says about where the supporter lives: a postcode, and where it is wrong or unknown the areas by name. */
export const PLACE_FIELDS = {
  postcode: text,
  /** Code or name; beside a postcode, the code. */
  council: text,
  /** Code or name; beside a postcode, the code. */
  constituency: text,
  /** Code, or the name where it has none. */
  ward: text,
  /** Code, or the name where it has none. */
  division: text,
  /** "name" where a postcode beside the areas is no more than part of somebody's address. */
  by: text,
};

const Query = z.object(PLACE_FIELDS);
export type Asked = Readonly<z.infer<typeof Query>>;

export function askedIn(query: unknown): Asked {
  return Query.parse(query ?? {});
}

/** A place, and how old the answer is that it comes from. */
export interface Here {
  readonly place: Place;
  /** What the postcode says, before the supporter put it right. */
  readonly told: Place;
  /** Set when an older answer serves because the upstream is silent. */
  readonly asOf: Date | null;
}

type NotThere = Exclude<CorrectionProblem, ChoiceProblem>;

export type NotHere =
  | { readonly by: 'postcode'; readonly problem: PlaceProblem }
  | { readonly by: 'name'; readonly problem: ChoiceProblem }
  | { readonly by: 'correction'; readonly problem: NotThere };

export type FindHere = (asked: Asked) => Promise<Result<Here, NotHere>>;

interface Needs {
  readonly findPlace: FindPlace;
  readonly choosePlace: ChoosePlace;
  readonly correctPlace: CorrectPlace;
}

/** By postcode, put right by what else is given; without one by council and constituency. */
export function hereFinder({ findPlace, choosePlace, correctPlace }: Needs): FindHere {
  const byName = ({ council, constituency }: Asked): Result<Here, NotHere> => {
    const chosen = choosePlace(council, constituency);
    if (!chosen.ok) return err({ by: 'name', problem: chosen.error });
    return ok({ place: chosen.value, told: chosen.value, asOf: null });
  };
  const byPostcode = async ({ postcode }: Asked): Promise<Result<Here, NotHere>> => {
    const found = await findPlace(postcode);
    if (!found.ok) return err({ by: 'postcode', problem: found.error });
    const { place, late, asOf } = found.value;
    return ok({ place, told: place, asOf: late ? asOf : null });
  };

  return async (asked) => {
    const named = isByName(asked);
    const here = named ? byName(asked) : await byPostcode(asked);
    const correction = named ? { ...asked, council: '', constituency: '' } : asked;
    if (!here.ok || CORRECTIONS.every((field) => correction[field] === '')) return here;
    const corrected = await correctPlace(here.value.told, correction);
    return corrected.ok ? ok({ ...here.value, place: corrected.value }) : err(notThere(corrected.error));
  };
}

const CORRECTIONS = ['council', 'constituency', 'ward', 'division'] as const;

function isByName({ postcode, by, council, constituency }: Asked): boolean {
  return (postcode === '' || by === 'name') && (council !== '' || constituency !== '');
}

function notThere(problem: CorrectionProblem): NotHere {
  if (problem.kind === 'not-nearby' || problem.kind === 'unknown-ward') return { by: 'correction', problem };
  return { by: 'name', problem };
}

/** The words of an address that lead to this place again: "postcode=SE1+2DL". */
export function queryFor(place: Place, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ ...placeQuery(place), ...more }).toString();
}

/** The hidden fields of a form that lead to this place again. */
export function fieldsFor(place: Place): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(placeQuery(place)).map(([name, value]) => ({ name, value }));
}
