import { Router, type RequestHandler } from 'express';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import type { Addressee } from '../../domain/addressee.ts';
import type { ConstituencyRegister } from '../../domain/constituency.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { londonDate } from '../../domain/london-time.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import type { Pages } from '../../render/pages.ts';
import { calledInSentence, calledName, isPredecessorsSite, websiteOf } from './addressee-view.ts';
import { askedIn, queryFor, type FindHere } from './asked-place.ts';
import { positionView } from './fact-view.ts';
import { keptForTheDay } from './kept-for-the-day.ts';
import { nameChoices } from './name-choices.ts';
import type { ShowPlaceProblem } from './place-problems.ts';
import { replacedView } from './replaced-view.ts';

export interface ChooseWhomNeeds {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly constituencies: ConstituencyRegister;
  readonly positionOf: (councilCode: string) => Position | undefined;
  readonly findHere: FindHere;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly findAddressees: FindAddressees;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

/** From a postcode, or a council and constituency by name, to everybody a supporter may write to. */
export function chooseWhom(needs: ChooseWhomNeeds): Router {
  const { pages, councils, constituencies, findHere, showPlaceProblem, findAddressees, switches, clock, limits } =
    needs;
  const byName = keptForTheDay(clock, (today) =>
    pages.render('supporter/by-name/choose', { choices: nameChoices(councils, constituencies, today) }),
  );
  const router = Router();

  router.get('/write/by-name', (_req, res) => {
    res.send(byName());
  });

  router.get('/write', limits.lookups, async (req, res) => {
    if (Object.keys(req.query).length === 0) return res.redirect(303, '/');
    if (nothingChosen(req.query)) return showPlaceProblem(res, NOTHING_CHOSEN, askedIn(req.query));
    const here = await findHere(askedIn(req.query));
    if (!here.ok) return showPlaceProblem(res, here.error, askedIn(req.query));

    const { place, asOf } = here.value;
    const found = await findAddressees(place);
    res.send(
      pages.render('supporter/choose-whom', {
        place,
        example: place.source === 'examples',
        asOf: asOf && londonDate(asOf),
        preElection: (await switches()).has('pre-election'),
        twoTier: place.councils.length > 1,
        councils: found.councils.map((council) => councilView(council, place, needs)),
        mp: addresseeView(found.mp, place),
      }),
    );
  });
  return router;
}

const NOTHING_CHOSEN = { by: 'name', problem: { kind: 'nothing-chosen' } } as const;

function nothingChosen(query: object): boolean {
  return 'council' in query && 'constituency' in query && query.council === '' && query.constituency === '';
}

function addresseeView(addressee: Addressee, place: Place) {
  const { id, office, vacant, contact } = addressee;
  return {
    called: calledName(addressee),
    inSentence: calledInSentence(addressee),
    office,
    vacant,
    closed: addressee.closed,
    unknown: addressee.kind === 'mp' && addressee.name === null && !vacant,
    predecessorsSite: isPredecessorsSite(addressee),
    byWebOnly: contact.by === 'web',
    unreachable: contact.by === 'none',
    website: websiteOf(addressee),
    letter: `/write/letter?${queryFor(place, { to: id })}`,
  };
}

function councilView(addressee: Addressee, place: Place, { councils, positionOf }: ChooseWhomNeeds) {
  const position = positionOf(addressee.areaCode);
  return {
    ...addresseeView(addressee, place),
    replaced: replacedView(
      calledName(addressee),
      place.councils.find(({ code }) => code === addressee.areaCode)?.replaced,
    ),
    tier: councils.byCode(addressee.areaCode)?.tier,
    stance: position?.stance,
    position: position ? positionView(position) : null,
  };
}
