import { Router, type RequestHandler } from 'express';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { FindPlace, FoundPlace } from '../../actions/find-place.ts';
import type { Place, Whereabouts } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import type { Words } from '../../domain/words.ts';
import { addresseeJson, councillorJson, whereaboutsJson } from './place-json.ts';
import { placeProblem, RETRY_AFTER_SECONDS } from './place-problem.ts';
import { sendProblem } from './problem.ts';

export interface PlacesApiNeeds {
  readonly words: Words;
  readonly positions: readonly Position[];
  readonly findPlace: FindPlace;
  readonly findAddressees: FindAddressees;
  readonly lookups: RequestHandler;
}

/** GET /api/v1/places/:postcode and GET /api/v1/addressees?postcode=…: what a postcode says, and whom its people may write to. */
export function placesApi({ words, positions, findPlace, findAddressees, lookups }: PlacesApiNeeds): Router {
  const api = Router();

  api.get('/api/v1/places/:postcode', lookups, async (req, res) => {
    const found = await findPlace(String(req.params['postcode']));
    if (!found.ok) return refuse(res, found.error, words);
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(textOf(found.value));
  });

  api.get('/api/v1/addressees', lookups, async (req, res) => {
    const { postcode } = req.query;
    const found = await findPlace(typeof postcode === 'string' ? postcode : '');
    if (!found.ok) return refuse(res, found.error, words);
    res.json(await addresseesJson(found.value.place));
  });

  const told = new WeakMap<Whereabouts, string>(); // the same areas are told in the same words
  const textOf = ({ place, whereabouts }: FoundPlace): string => {
    const rest = told.get(whereabouts) ?? JSON.stringify(whereaboutsJson(whereabouts, positions)).slice(1);
    told.set(whereabouts, rest);
    return `{"postcode":${JSON.stringify(place.postcode)},${rest}`;
  };

  const addresseesJson = async (place: Place) => {
    const { councillors, councils, mp } = await findAddressees(place);
    const people = councillors.flatMap((group) => group.councillors.map(councillorJson));
    return {
      place: { postcode: place.postcode, ...whereaboutsJson(place, positions) },
      addressees: [...people, ...[...councils, mp].map(addresseeJson)],
    };
  };

  return api;
}

function refuse(
  res: Parameters<typeof sendProblem>[0],
  problem: Parameters<typeof placeProblem>[0],
  words: Words,
): void {
  if (problem.kind === 'lookup-unavailable') res.set('Retry-After', String(RETRY_AFTER_SECONDS));
  sendProblem(res, placeProblem(problem, words));
}
