import { Router, type RequestHandler, type Response } from 'express';
import type {
  AddresseeGone,
  ConfirmationProblem,
  ConfirmLetter,
  Review,
  ReviewLetter,
} from '../../actions/confirm-letter.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { openingsView } from './copies-view.ts';
import { endedView } from './replaced-view.ts';

export interface ConfirmationNeeds {
  readonly pages: Pages;
  readonly reviewLetter: ReviewLetter;
  readonly confirmLetter: ConfirmLetter;
  readonly councils: CouncilRegister;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

const PROBLEMS = {
  'unknown-link': { status: 404, view: 'supporter/confirm/unknown-link' },
  'link-expired': { status: 410, view: 'supporter/confirm/link-expired' },
  'already-confirmed': { status: 200, view: 'supporter/confirm/already-confirmed' },
  'already-written': { status: 409, view: 'supporter/confirm/already-written' },
} as const satisfies Record<ConfirmationProblem, { status: number; view: string }>;

/** What stands behind the link in the confirmation mail. */
export function confirmation({
  pages,
  reviewLetter,
  confirmLetter,
  councils,
  clock,
  limits,
}: ConfirmationNeeds): Router {
  const router = Router();

  // Mail filters follow every link in a message, so looking must never send: only the button does.
  router.get('/confirm/:token', limits.lookups, async (req, res) => {
    const { token } = req.params;
    const review = await reviewLetter(String(token));
    res.set('Cache-Control', 'no-store');
    if (review.ok)
      return void res.send(pages.render('supporter/confirm/review', { token, ...reviewView(review.value) }));
    sayWhyNot(res, review.error, { token });
  });

  router.post('/confirm/:token', limits.lookups, async (req, res) => {
    const confirmed = await confirmLetter(String(req.params.token));
    if (confirmed.ok) return res.redirect(303, `/letters/${confirmed.value.statusToken}`);
    sayWhyNot(res, confirmed.error, {});
  });

  const sayWhyNot = (res: Response, why: ConfirmationProblem | AddresseeGone, view: object): void => {
    if (typeof why !== 'string')
      return void res
        .status(410)
        .send(pages.render('supporter/confirm/gone', goneView(why, councils, londonDay(clock()))));
    const { status, view: name } = PROBLEMS[why];
    res.status(status).send(pages.render(name, view));
  };
  return router;
}

function goneView({ gone, letter }: AddresseeGone, councils: CouncilRegister, today: string) {
  const { to, place, subject, body } = letter;
  const [first] = to;
  const anew = gone.kind === 'mp-changed' && first ? `/write/letter?${queryFor(place, { to: first.id })}` : null;
  return {
    why: gone.kind,
    now: gone.kind === 'mp-changed' ? gone.now : null,
    replaced: first ? endedView(first.id, councils, today) : null,
    called: allInSentence(to),
    constituency: place.constituency.name,
    anew: anew ?? `/write?${queryFor(place)}`,
    openings: openingsView(to),
    subject,
    body,
  };
}

function reviewView({ letter, due, leftOut }: Review) {
  const { subject, body, from } = letter;
  return {
    called: allInSentence(due),
    several: due.length > 1,
    leftOut: leftOut.length > 0 ? allInSentence(leftOut) : null,
    openings: openingsView(due),
    subject,
    body,
    name: from.name,
    email: from.email,
  };
}
