import { Router, type RequestHandler, type Response } from 'express';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { FindPlace } from '../../actions/find-place.ts';
import type { WriteLetter, WritingProblem } from '../../actions/write-letter.ts';
import type { Addressees, ChoiceOfAddresseesProblem } from '../../domain/chosen-addressees.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Place } from '../../domain/place.ts';
import type { Postcode } from '../../domain/postcode.ts';
import type { Words } from '../../domain/words.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence, ownAddressees } from './addressee-view.ts';
import { queryFor, type FindHere } from './asked-place.ts';
import { errorSentences } from './error-sentences.ts';
import { checkLetter, typedLetterIn, type CheckedLetter, type FieldProblem, type TypedLetter } from './letter-form.ts';
import type { ShowLetter } from './letter-page.ts';
import type { ShowPlaceProblem } from './place-problems.ts';
import { endedCouncil } from './replaced-view.ts';

export interface HandOverNeeds {
  readonly pages: Pages;
  readonly words: Words;
  readonly councils: CouncilRegister;
  readonly clock: () => Date;
  readonly findHere: FindHere;
  readonly findPlace: FindPlace;
  readonly showPlaceProblem: ShowPlaceProblem;
  readonly showLetter: ShowLetter;
  readonly findAddressees: FindAddressees;
  readonly writeLetter: WriteLetter;
  readonly limits: { readonly letters: RequestHandler };
}

type NotSent = WritingProblem | Exclude<ChoiceOfAddresseesProblem, 'nobody-chosen'> | 'place-lost' | 'council-ended';

const NOT_SENT = {
  'place-lost': 503,
  'not-yours': 422,
  'council-ended': 409,
  'not-together': 422,
  vacant: 409,
  closed: 409,
  'not-reachable': 409,
  'already-handed-over': 409,
  'too-many-for-this-mailbox': 429,
} as const satisfies Record<NotSent, number>;

/** The supporter hands a letter over. Whatever goes wrong, they get back what they typed. */
export function handOver(needs: HandOverNeeds): Router {
  const { words, findHere, showPlaceProblem, showLetter, findAddressees, writeLetter, limits } = needs;
  const router = Router();

  router.post('/letters', limits.letters, async (req, res) => {
    const typed = typedLetterIn(req.body);
    const here = await findHere(typed);
    if (!here.ok)
      return typed.body === '' ? showPlaceProblem(res, here.error, typed) : notSent(res, 'place-lost', typed);

    const { place } = here.value;
    const chosen = ownAddressees(await findAddressees(place), typed.to);
    if (!chosen.ok) return notSent(res, whyNotYours(chosen.error, typed.to), typed, place);
    const to = chosen.value;

    const again = (problems: readonly FieldProblem[]) =>
      showLetter(res, place, to, { typed, errors: errorSentences(words, problems) });
    const checked = checkLetter(typed);
    if (!checked.ok) return again(checked.error);
    const elsewhere = place.postcode === null ? await livesElsewhere(checked.value.postcode, to) : null;
    if (elsewhere) return again([elsewhere]);

    const written = await writeLetter({ place, to, ...lettersParts(checked.value), wantsNews: typed.news });
    if (!written.ok) return notSent(res, written.error, typed, place, to);
    res.redirect(303, `/letters/${written.value.statusToken}`);
  });

  /** The page may have been opened the day before the council ended. */
  const whyNotYours = (problem: ChoiceOfAddresseesProblem, to: readonly string[]): NotSent => {
    const ended = to.some((id) => endedCouncil(id, needs.councils, londonDay(needs.clock())));
    if (problem === 'not-yours' && ended) return 'council-ended';
    return problem === 'nobody-chosen' ? 'not-yours' : problem;
  };

  const notSent = (res: Response, reason: NotSent, typed: TypedLetter, place?: Place, to?: Addressees): void => {
    const chooseAgain = place ? `/write?${queryFor(place)}` : '/';
    const called = to ? allInSentence(to) : null;
    const view = { reason, typed, chooseAgain, called, failed: true };
    res.status(NOT_SENT[reason]).send(needs.pages.render('supporter/not-sent', view));
  };

  /** Who chose their council by name still gives a postcode: where it is known, it must be the addressees'. */
  const livesElsewhere = async (postcode: Postcode, to: Addressees): Promise<FieldProblem | null> => {
    const found = await needs.findPlace(postcode);
    if (!found.ok) return found.error.kind === 'elsewhere' ? NOT_A_POSTCODE : null;
    const theirs = ownAddressees(
      await findAddressees(found.value.place),
      to.map(({ id }) => id),
    );
    return theirs.ok ? null : ANOTHER_PLACE;
  };
  return router;
}

const NOT_A_POSTCODE = { field: 'postcode', code: 'not-a-postcode' };
const ANOTHER_PLACE = { field: 'postcode', code: 'another-place' };

function lettersParts({ name, email, address, postcode, subject, body }: CheckedLetter) {
  return { from: { name, email, address, postcode }, subject, body };
}
