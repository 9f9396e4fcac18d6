import { londonDay } from '../domain/london-time.ts';
import type { PlaceProblem } from '../domain/place-problem.ts';
import {
  whereaboutsOf,
  type Areas,
  type Place,
  type PlaceSource,
  type PostcodeAreas,
  type Registers,
  type UnknownArea,
  type Whereabouts,
} from '../domain/place.ts';
import type { AskDirectory } from '../domain/postcode-directory.ts';
import { readPostcode, type Postcode } from '../domain/postcode.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { PostcodeFailure } from '../lookup/postcodes-io.ts';
import type { Database } from '../store/database.ts';
import { remembering, type Remembered } from './remembering.ts';

export interface FoundPlace {
  readonly place: Place;
  /** One object for many places of a directory, so that what is made of it can be kept beside it. */
  readonly whereabouts: Whereabouts;
  /** When an upstream last told us so. */
  readonly asOf: Date;
  /** True when the upstream could not be asked and an older answer serves. */
  readonly late: boolean;
}

/** Finds the place of a postcode, however it was typed. */
export type FindPlace = (typed: string) => Promise<Result<FoundPlace, PlaceProblem>>;

interface Needs {
  readonly db: Database;
  /** Asked first: it is on this machine, so that nothing of it is remembered. */
  readonly inDirectory: AskDirectory;
  readonly areasFor: (postcode: Postcode) => Promise<Result<PostcodeAreas, PostcodeFailure>>;
  readonly registers: Registers;
  /** Places that answer when the upstream cannot be asked; none in a real campaign. */
  readonly examples: readonly PostcodeAreas[];
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;

/** Postcodes move between councils when boundaries change, on dates known long before. */
const PLACE_IS_FRESH_FOR = 30 * DAY;

export function placeFinder({ db, inDirectory, areasFor, registers, examples, complain, clock }: Needs): FindPlace {
  const recallOrAsk = remembering<PostcodeAreas, PostcodeFailure>({
    db,
    kind: 'place.1',
    freshForMs: PLACE_IS_FRESH_FOR,
    ask: (postcode) => areasFor(postcode as Postcode),
    silent: saysNothing,
    clock,
  });

  // One for one answer and day, so that what is made of a place can be kept beside it.
  const places = new WeakMap<Whereabouts, WeakMap<PostcodeAreas, Place>>();
  const everywhere = new WeakMap<Areas, { readonly day: string; readonly where: Result<Whereabouts, UnknownArea> }>();
  const whereabouts = (areas: Areas, source: PlaceSource): Result<Whereabouts, UnknownArea> => {
    const day = londonDay(clock());
    const held = everywhere.get(areas);
    if (held?.day === day) return held.where;
    const where = whereaboutsOf(areas, registers, source, day);
    everywhere.set(areas, { day, where });
    return where;
  };
  const placeAt = (answer: PostcodeAreas, where: Whereabouts): Place => {
    const held = places.get(where) ?? new WeakMap<PostcodeAreas, Place>();
    const place = held.get(answer) ?? { postcode: answer.postcode, ...where };
    places.set(where, held.set(answer, place));
    return place;
  };

  const known = (
    { answer, at, late }: Remembered<PostcodeAreas>,
    source: PlaceSource,
  ): Result<FoundPlace, UnknownArea> => {
    const where = whereabouts(answer, source);
    if (!where.ok) return where;
    return ok({ place: placeAt(answer, where.value), whereabouts: where.value, asOf: at, late });
  };

  /** Undefined when the directory cannot say: it may be old, or hold only a part of the country. */
  const fromDirectory = (
    answer: ReturnType<AskDirectory>,
    postcode: Postcode,
  ): Result<FoundPlace, PlaceProblem> | undefined => {
    if (!answer) return undefined;
    if (answer.kind !== 'live') return err(problemFor(answer, postcode));
    const where = whereabouts(answer.areas, 'postcode directory');
    if (where.ok)
      return ok({ place: { postcode, ...where.value }, whereabouts: where.value, asOf: clock(), late: false });
    complain('the postcode directory named an area that is not in our lists', where.error);
    return undefined;
  };

  return async (typed) => {
    const read = readPostcode(typed);
    if (!read.ok) return read;
    const postcode = read.value;

    const here = fromDirectory(inDirectory(postcode), postcode);
    if (here) return here;

    const found = await recallOrAsk(postcode);
    const example =
      found.ok || !saysNothing(found.error) ? undefined : examples.find((areas) => areas.postcode === postcode);
    if (!found.ok && !example) {
      if (saysNothing(found.error)) complain('postcode look-up failed', detailOf(found.error));
      return err(problemFor(found.error, postcode));
    }

    const place = found.ok
      ? known(found.value, 'postcodes.io')
      : known({ answer: example as PostcodeAreas, at: clock(), late: false }, 'examples');
    if (place.ok) return place;
    complain('postcode look-up named an area that is not in our lists', place.error);
    return err({ kind: 'lookup-unavailable', postcode });
  };
}

function saysNothing(failure: PostcodeFailure): boolean {
  return failure.kind === 'unavailable' || failure.kind === 'unreadable';
}

function detailOf(failure: PostcodeFailure): string {
  return 'detail' in failure ? failure.detail : failure.kind;
}

function problemFor(failure: PostcodeFailure, postcode: Postcode): PlaceProblem {
  switch (failure.kind) {
    case 'unknown-postcode':
      return { kind: 'unknown-postcode', postcode };
    case 'not-a-postcode':
      return { kind: 'not-a-postcode' };
    case 'terminated':
      return { kind: 'terminated', postcode, year: failure.year, month: failure.month };
    case 'outside-the-uk':
      return { kind: 'elsewhere', where: failure.where };
    case 'unavailable':
    case 'unreadable':
      return { kind: 'lookup-unavailable', postcode };
  }
}
