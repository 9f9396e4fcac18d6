import { Router, type RequestHandler, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { DraftLetter } from '../../actions/draft-letter.ts';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { Addressee } from '../../domain/addressee.ts';
import type { Place } from '../../domain/place.ts';
import type { Position } from '../../domain/position.ts';
import type { Pages } from '../../render/pages.ts';
import { calledName, ownAddressee } from './addressee-view.ts';
import { askedIn, queryFor, text, type FindHere } from './asked-place.ts';
import type { TypedLetter } from './letter-form.ts';
import { letterView, type FieldError } from './letter-view.ts';
import type { ShowPlaceProblem } from './place-problems.ts';

export interface LetterPageNeeds {
  readonly pages: Pages;
  readonly positionOf: (councilCode: string) => Position | undefined;
  readonly findHere: FindHere;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly findAddressees: FindAddressees;
  readonly draftLetter: DraftLetter;
  readonly limits: { readonly lookups: RequestHandler };
}

/** The letter, filled for one addressee of a place. */
export function letterPage(needs: LetterPageNeeds): Router {
  const { pages, findHere, showPlaceProblem, findAddressees, limits } = needs;
  const show = letterShower(needs);
  const router = Router();

  router.get('/write/letter', limits.lookups, async (req, res) => {
    const asked = askedIn(req.query);
    const here = await findHere(asked);
    if (!here.ok) return showPlaceProblem(res, here.error, asked);

    const { place } = here.value;
    const addressee = ownAddressee(await findAddressees(place), text.parse(req.query.to));
    const chooseAgain = `/write?${queryFor(place)}`;
    if (!addressee) return void res.status(404).send(pages.render('supporter/not-yours', { chooseAgain }));
    if (addressee.vacant) {
      const called = calledName(addressee);
      return void res.status(410).send(pages.render('supporter/vacant', { chooseAgain, called, place }));
    }
    show(res, place, addressee);
  });
  return router;
}

export type ShowLetter = (
  res: Response,
  place: Place,
  addressee: Addressee,
  again?: { readonly typed: TypedLetter; readonly errors: readonly FieldError[] },
) => void;

/** Shows the letter page: fresh from its template, or again with what was typed and what is still missing. */
export function letterShower({
  pages,
  positionOf,
  draftLetter,
}: Pick<LetterPageNeeds, 'pages' | 'positionOf' | 'draftLetter'>): ShowLetter {
  const pageOf: PageOf = (place, addressee, again) => {
    const view = letterView({
      place,
      addressee,
      draft: draftLetter(place, addressee),
      position: addressee.kind === 'mp' ? undefined : positionOf(addressee.areaCode),
      typed: again?.typed ?? null,
      errors: again?.errors ?? [],
    });
    return Buffer.from(pages.render('supporter/letter', view));
  };
  const freshPageOf = keptForAWhile(pageOf);

  return (res, place, addressee, again) => {
    const page = again ? pageOf(place, addressee, again) : freshPageOf(place, addressee);
    res
      .status(again ? 422 : 200)
      .type('html')
      .send(page);
  };
}

type PageOf = (place: Place, addressee: Addressee, again?: Parameters<ShowLetter>[3]) => Buffer;

/** About 6 MB of pages. */
const MOST_FRESH_PAGES = 500;
const FRESH_FOR_MS = 60_000;

/** Until somebody types into it, the page says the same to everybody in a place: nothing of a supporter is in it. */
function keptForAWhile(pageOf: PageOf): (place: Place, addressee: Addressee) => Buffer {
  const kept = new LRUCache<Addressee, Buffer>({ max: MOST_FRESH_PAGES, ttl: FRESH_FOR_MS }); // an addressee belongs to one place
  return (place, addressee) => {
    const page = kept.get(addressee) ?? pageOf(place, addressee);
    if (!kept.has(addressee)) kept.set(addressee, page);
    return page;
  };
}
