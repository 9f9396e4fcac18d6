import { Router, type RequestHandler } from 'express';
import type { ConfirmationProblem, ConfirmLetter, Review, ReviewLetter } from '../../actions/confirm-letter.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence } from './addressee-view.ts';
import { openingsView } from './copies-view.ts';

export interface ConfirmationNeeds {
  readonly pages: Pages;
  readonly reviewLetter: ReviewLetter;
  readonly confirmLetter: ConfirmLetter;
  readonly limits: { readonly lookups: RequestHandler };
}

const PROBLEMS = {
  'unknown-link': { status: 404, view: 'supporter/confirm/unknown-link' },
  'link-expired': { status: 410, view: 'supporter/confirm/link-expired' },
  'already-confirmed': { status: 200, view: 'supporter/confirm/already-confirmed' },
  'already-written': { status: 409, view: 'supporter/confirm/already-written' },
} as const satisfies Record<ConfirmationProblem, { status: number; view: string }>;

/** What stands behind the link in the confirmation mail. */
export function confirmation({ pages, reviewLetter, confirmLetter, limits }: ConfirmationNeeds): Router {
  const router = Router();

  // Mail filters follow every link in a message, so looking must never send: only the button does.
  router.get('/confirm/:token', limits.lookups, async (req, res) => {
    const { token } = req.params;
    const review = await reviewLetter(String(token));
    res.set('Cache-Control', 'no-store');
    if (review.ok)
      return void res.send(pages.render('supporter/confirm/review', { token, ...reviewView(review.value) }));
    const { status, view } = PROBLEMS[review.error];
    res.status(status).send(pages.render(view, { token }));
  });

  router.post('/confirm/:token', limits.lookups, async (req, res) => {
    const confirmed = await confirmLetter(String(req.params.token));
    if (confirmed.ok) return res.redirect(303, `/letters/${confirmed.value.statusToken}`);
    const { status, view } = PROBLEMS[confirmed.error];
    res.status(status).send(pages.render(view, {}));
  });
  return router;
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
