import { Router, type RequestHandler, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { DraftLetter } from '../../actions/draft-letter.ts';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import type { Addressee } from '../../domain/addressee.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import type { Pages } from '../../render/pages.ts';
import { calledName, ownAddressee } from './addressee-view.ts';
import { askedIn, queryFor, text, type FindHere } from './asked-place.ts';
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
  readonly limits: { readonly lookups: RequestHandler };
}

/** The letter, filled for one addressee of a place. */
export function letterPage(needs: LetterPageNeeds): Router {
  const { pages, findHere, showPlaceProblem, findAddressees, councils, clock, limits } = needs;
  const show = letterShower(needs);
  const router = Router();

  router.get('/write/letter', limits.lookups, async (req, res) => {
    const asked = askedIn(req.query);
    const here = await findHere(asked);
    if (!here.ok) return showPlaceProblem(res, here.error, asked);

    const { place } = here.value;
    const to = text.parse(req.query.to);
    const addressee = ownAddressee(await findAddressees(place), to);
    const chooseAgain = `/write?${queryFor(place)}`;
    if (!addressee && endedCouncil(to, councils, londonDay(clock()))) return res.redirect(303, chooseAgain);
    if (!addressee) return void res.status(404).send(pages.render('supporter/not-yours', { chooseAgain }));
    if (addressee.closed) return void res.status(410).send(pages.render('supporter/closed', { chooseAgain, place }));
    if (addressee.vacant) {
      const called = calledName(addressee);
      return void res.status(410).send(pages.render('supporter/vacant', { chooseAgain, called, place }));
    }
    await show(res, place, addressee);
  });
  return router;
}

export type ShowLetter = (
  res: Response,
  place: Place,
  addressee: Addressee,
  again?: { readonly typed: TypedLetter; readonly errors: readonly FieldError[] },
) => Promise<void>;

/** Shows the letter page: fresh from its template, or again with what was typed and what is still missing. */
export function letterShower({
  pages,
  positionOf,
  draftLetter,
  switches,
}: Pick<LetterPageNeeds, 'pages' | 'positionOf' | 'draftLetter' | 'switches'>): ShowLetter {
  const pageOf: PageOf = ({ place, addressee, preElection }, again) => {
    const view = letterView({
      place,
      addressee,
      preElection: preElection && addressee.kind !== 'mp',
      draft: draftLetter(place, addressee),
      position: addressee.kind === 'mp' ? undefined : positionOf(addressee.areaCode),
      typed: again?.typed ?? null,
      errors: again?.errors ?? [],
    });
    return Buffer.from(pages.render('supporter/letter', view));
  };
  const freshPageOf = keptForAWhile(pageOf);

  return async (res, place, addressee, again) => {
    const about = { place, addressee, preElection: (await switches()).has('pre-election') };
    const page = again ? pageOf(about, again) : freshPageOf(about);
    res
      .status(again ? 422 : 200)
      .type('html')
      .send(page);
  };
}

interface About {
  readonly place: Place;
  readonly addressee: Addressee;
  readonly preElection: boolean;
}

type PageOf = (about: About, again?: Parameters<ShowLetter>[3]) => Buffer;

/** About 6 MB of pages. */
const MOST_FRESH_PAGES = 500;
const FRESH_FOR_MS = 60_000;

/** Until somebody types into it, the page says the same to everybody in a place: nothing of a supporter is in it. */
function keptForAWhile(pageOf: PageOf): (about: About) => Buffer {
  const kept = new LRUCache<Addressee, Buffer>({ max: MOST_FRESH_PAGES, ttl: FRESH_FOR_MS }); // an addressee belongs to one place
  return (about) => {
    const { addressee } = about;
    const page = kept.get(addressee) ?? pageOf(about);
    if (!kept.has(addressee)) kept.set(addressee, page);
    return page;
  };
}
