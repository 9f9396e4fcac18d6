import { Router, type RequestHandler, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { DraftLetter } from '../../actions/draft-letter.ts';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import type { Addressee } from '../../domain/addressee.ts';
import type { Addressees, ChoiceOfAddresseesProblem } from '../../domain/chosen-addressees.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import type { Pages } from '../../render/pages.ts';
import { ownAddressees } from './addressee-view.ts';
import { askedIn, queryFor, text, texts, type FindHere, type Here } from './asked-place.ts';
import type { ChooseWhomNeeds } from './choose-whom.ts';
import type { TypedLetter } from './letter-form.ts';
import { letterView, type FieldError } from './letter-view.ts';
import type { ShowPlaceProblem } from './place-problems.ts';
import { endedCouncil } from './replaced-view.ts';

export interface LetterPageNeeds {
  readonly pages: Pages;
  readonly positionOf: (councilCode: string) => Position | undefined;
  readonly findHere: FindHere;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly findAddressees: FindAddressees;
  readonly draftLetter: DraftLetter;
  readonly councils: CouncilRegister;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
  readonly showLetter: ShowLetter;
  readonly showUnchosen: ShowUnchosen;
  readonly limits: { readonly lookups: RequestHandler };
}

/** The letter, filled for one addressee of a place, or for several of its councillors. */
export function letterPage(needs: LetterPageNeeds): Router {
  const { findHere, showPlaceProblem, showLetter, showUnchosen, findAddressees, councils, clock, limits } = needs;
  const router = Router();

  router.get('/write/letter', limits.lookups, async (req, res) => {
    const asked = askedIn(req.query);
    const here = await findHere(asked);
    if (!here.ok) return showPlaceProblem(res, here.error, asked);

    const { place } = here.value;
    const to = texts.parse(req.query.to);
    const chosen = ownAddressees(await findAddressees(place), to);
    if (chosen.ok) return showLetter(res, place, chosen.value);
    const ended = to.some((id) => endedCouncil(id, councils, londonDay(clock())));
    if (chosen.error === 'not-yours' && ended) return res.redirect(303, `/write?${queryFor(place)}`);
    await showUnchosen(res, chosen.error, here.value, text.parse(req.query.group));
  });
  return router;
}

export type ShowUnchosen = (
  res: Response,
  problem: ChoiceOfAddresseesProblem,
  here: Here,
  group: string,
) => Promise<void>;

const UNCHOSEN = {
  'not-yours': { status: 404, view: 'supporter/not-yours' },
  'not-together': { status: 422, view: 'supporter/not-together' },
  closed: { status: 410, view: 'supporter/closed' },
  vacant: { status: 410, view: 'supporter/vacant' },
} as const satisfies Record<Exclude<ChoiceOfAddresseesProblem, 'nobody-chosen'>, { status: number; view: string }>;

/** Shows why there is no letter, and the way back to choosing; where nobody was ticked, the choice itself once more. */
export function unchosenShower({ pages, showChoice }: Pick<ChooseWhomNeeds, 'pages' | 'showChoice'>): ShowUnchosen {
  return async (res, problem, here, group) => {
    if (problem === 'nobody-chosen') return showChoice(res, here, group);
    const { status, view } = UNCHOSEN[problem];
    const { place } = here;
    res.status(status).send(pages.render(view, { place, chooseAgain: `/write?${queryFor(place)}` }));
  };
}

export type ShowLetter = (
  res: Response,
  place: Place,
  addressees: Addressees,
  again?: { readonly typed: TypedLetter; readonly errors: readonly FieldError[] },
) => Promise<void>;

/** Shows the letter page: fresh from its template, or again with what was typed and what is still missing. */
export function letterShower({
  pages,
  positionOf,
  draftLetter,
  switches,
}: Pick<LetterPageNeeds, 'pages' | 'positionOf' | 'draftLetter' | 'switches'>): ShowLetter {
  const pageOf: PageOf = ({ place, addressees, preElection }, again) => {
    const [{ kind, areaCode }] = addressees;
    const view = letterView({
      place,
      addressees,
      preElection: preElection && kind !== 'mp',
      draft: draftLetter(place, addressees),
      position: kind === 'mp' ? undefined : positionOf(areaCode),
      typed: again?.typed ?? null,
      errors: again?.errors ?? [],
    });
    return Buffer.from(pages.render('supporter/letter', view));
  };
  const freshPageOf = keptForAWhile(pageOf);

  return async (res, place, addressees, again) => {
    const about = { place, addressees, preElection: (await switches()).has('pre-election') };
    const page = again ? pageOf(about, again) : freshPageOf(about);
    res
      .status(again ? 422 : 200)
      .type('html')
      .send(page);
  };
}

interface About {
  readonly place: Place;
  readonly addressees: Addressees;
  readonly preElection: boolean;
}

type PageOf = (about: About, again?: Parameters<ShowLetter>[3]) => Buffer;

/** About 6 MB of pages. */
const MOST_FRESH_PAGES = 500;
const FRESH_FOR_MS = 60_000;

/**
 * Until somebody types into it, the page says the same to everybody in a place: nothing of a supporter is in it.
 * Letters to several are chosen in too many ways to be kept.
 */
function keptForAWhile(pageOf: PageOf): (about: About) => Buffer {
  const kept = new LRUCache<Addressee, Buffer>({ max: MOST_FRESH_PAGES, ttl: FRESH_FOR_MS }); // an addressee belongs to one place
  return (about) => {
    const [addressee, ...others] = about.addressees;
    if (others.length > 0) return pageOf(about);
    const page = kept.get(addressee) ?? pageOf(about);
    if (!kept.has(addressee)) kept.set(addressee, page);
    return page;
  };
}
