import { Router, type RequestHandler } from 'express';
import type { WardsOf } from '../../actions/wards-of.ts';
import type { ConstituencyRegister } from '../../domain/constituency.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import { mapOf } from '../../domain/days-map.ts';
import { londonDay } from '../../domain/london-time.ts';
import { constituenciesIn, councilOf, councilsNearby } from '../../domain/nearby.ts';
import { isCorrected, placeQuery, wordFor } from '../../domain/place-query.ts';
import type { Place } from '../../domain/place.ts';
import type { Pages } from '../../render/pages.ts';
import { askedIn, fieldsFor, queryFor, type FindHere } from './asked-place.ts';
import { placeWords } from './place-view.ts';
import type { ShowPlaceProblem } from './place-problems.ts';

export interface AnotherPlaceNeeds {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly constituencies: ConstituencyRegister;
  readonly wardsOf: WardsOf;
  readonly findHere: FindHere;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

/** Where a supporter says that their postcode lies elsewhere than it is said to: what they can choose among. */
export function anotherPlace(needs: AnotherPlaceNeeds): Router {
  const { pages, findHere, showPlaceProblem, limits } = needs;
  const router = Router();

  router.get('/write/another-place', limits.lookups, async (req, res) => {
    const asked = askedIn(req.query);
    const here = await findHere(asked);
    if (!here.ok) return showPlaceProblem(res, here.error, asked);

    const { place, told } = here.value;
    const map = mapOf(needs, londonDay(needs.clock()));
    const view = {
      place,
      ...placeWords(place),
      back: `/write?${queryFor(place)}`,
      corrected: isCorrected(place),
      asTold: `/write?${queryFor(told)}`,
      wards: await Promise.all(place.councils.map(({ code, tier }) => wardChoices(place, code, tier === 'county'))),
      councils: place.postcode === null ? [] : councilsNearby(told, map).map(choiceOf),
      councilFields: fieldsFor(told),
      constituencies: constituenciesIn(councilOf(place), map)
        .filter(({ code }) => code !== place.constituency.code)
        .map(choiceOf),
      constituencyFields: [...fieldsFor(place), ...councilField(place)].filter(({ name }) => name !== 'constituency'),
    };
    res.send(pages.render('supporter/another-place', view));
  });

  const wardChoices = async (place: Place, councilCode: string, county: boolean) => {
    const council = needs.councils.byCode(councilCode);
    if (!council) throw new Error(`there is no council ${councilCode} in the register`);
    const field = county ? 'division' : 'ward';
    const now = place[field];
    const wards = await needs.wardsOf(councilCode);
    return {
      field,
      county,
      council: nameInSentence(council),
      now: now?.name ?? null,
      areas: wards.map((ward) => ({
        value: wordFor(ward),
        name: ward.name,
        chosen: now !== null && wordFor(now) === wordFor(ward),
      })),
      fields: fieldsFor(place).filter(({ name }) => name !== field),
      councillorsPage: council.councillorsPage,
    };
  };
  return router;
}

function choiceOf({ code, name }: { readonly code: string; readonly name: string }) {
  return { code, name };
}

/** A constituency is chosen beside the council that it is one of. */
function councilField(place: Place) {
  return 'council' in placeQuery(place) ? [] : [{ name: 'council', value: councilOf(place) }];
}
