import { Router, type RequestHandler, type Response } from 'express';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import type { ConstituencyRegister } from '../../domain/constituency.ts';
import { londonDate } from '../../domain/london-time.ts';
import { isCorrected } from '../../domain/place-query.ts';
import type { Pages } from '../../render/pages.ts';
import { askedIn, queryFor, type FindHere, type Here } from './asked-place.ts';
import { addresseeView, councilView, type CouncilViewNeeds } from './choose-view.ts';
import { groupView } from './councillor-view.ts';
import { keptForTheDay } from './kept-for-the-day.ts';
import { nameChoices } from './name-choices.ts';
import { placeWords } from './place-view.ts';
import type { ShowPlaceProblem } from './place-problems.ts';

export interface ChooseWhomNeeds extends CouncilViewNeeds {
  readonly pages: Pages;
  readonly constituencies: ConstituencyRegister;
  readonly findHere: FindHere;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly showChoice: ShowChoice;
  readonly findAddressees: FindAddressees;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

/** From a postcode, or a council and constituency by name, to everybody a supporter may write to. */
export function chooseWhom(needs: Omit<ChooseWhomNeeds, 'findAddressees' | 'switches' | 'positionOf'>): Router {
  const { pages, councils, constituencies, findHere, showPlaceProblem, showChoice, clock, limits } = needs;
  const byName = keptForTheDay(clock, (today) =>
    pages.render('supporter/by-name/choose', { choices: nameChoices(councils, constituencies, today) }),
  );
  const router = Router();

  router.get('/write/by-name', (_req, res) => {
    res.send(byName());
  });

  router.get('/write', limits.lookups, async (req, res) => {
    if (Object.keys(req.query).length === 0) return res.redirect(303, '/');
    const asked = askedIn(req.query);
    if (nothingChosen(req.query)) return showPlaceProblem(res, NOTHING_CHOSEN, asked);
    const here = await findHere(asked);
    if (!here.ok) return showPlaceProblem(res, here.error, asked);
    await showChoice(res, here.value);
  });
  return router;
}

const NOTHING_CHOSEN = { by: 'name', problem: { kind: 'nothing-chosen' } } as const;

function nothingChosen(query: object): boolean {
  const byName = 'council' in query && 'constituency' in query && !('postcode' in query);
  return byName && query.council === '' && query.constituency === '';
}

/** Shows whom a supporter may write to; again, with nobody ticked, where in `nobodyIn` ("ward", "division") nobody was. */
export type ShowChoice = (res: Response, here: Here, nobodyIn?: string) => Promise<void>;

export function choiceShower(
  needs: Pick<ChooseWhomNeeds, 'pages' | 'councils' | 'positionOf' | 'findAddressees' | 'switches' | 'clock'>,
): ShowChoice {
  return async (res, { place, asOf }, nobodyIn) => {
    const found = await needs.findAddressees(place);
    const groups = found.councillors.map((group) =>
      groupView(group, { ...needs, place, offices: found.councils, now: needs.clock(), nobodyIn }),
    );
    const view = {
      place,
      ...placeWords(place),
      corrected: isCorrected(place),
      example: place.source === 'examples',
      asOf: asOf && londonDate(asOf),
      preElection: (await needs.switches()).has('pre-election'),
      twoTier: place.councils.length > 1,
      groups,
      madeUp: groups.some((group) => group.madeUp),
      failed: groups.some((group) => group.nobodyTicked),
      councils: found.councils.map((council) => councilView(council, place, needs)),
      mp: addresseeView(found.mp, place),
      anotherPlace: `/write/another-place?${queryFor(place)}`,
    };
    res.status(view.failed ? 422 : 200).send(needs.pages.render('supporter/choose-whom', view));
  };
}
