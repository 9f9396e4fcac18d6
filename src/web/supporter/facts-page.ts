import { Router } from 'express';
import type { Fact } from '../../domain/fact.ts';
import { CONFIRMATION_WINDOW, ONE_LETTER_EVERY } from '../../domain/letter.ts';
import { BOUNCES_WITHIN } from '../../domain/delivery.ts';
import { QUESTION_AFTER } from '../../domain/question.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Position } from '../../domain/position.ts';
import { ANSWER_KEPT, PERSON_KEPT, PRACTICE_MAIL_KEPT, REPORT_KEPT, TEXT_KEPT } from '../../domain/retention.ts';
import type { Pages } from '../../render/pages.ts';
import { factView, positionView, spokenDate } from './fact-view.ts';

export interface FactsPageNeeds {
  readonly pages: Pages;
  readonly facts: readonly Fact[];
  readonly positions: readonly Position[];
  /** Whether postcodes are looked up on this machine first. */
  readonly ownDirectory: () => boolean;
  readonly clock: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;

/** Every claim with its source, and what happens to a supporter's details. */
export function factsPages({ pages, facts, positions, ownDirectory, clock }: FactsPageNeeds): Router {
  const days = {
    toConfirm: CONFIRMATION_WINDOW / DAY,
    textKept: TEXT_KEPT / DAY,
    personKept: PERSON_KEPT / DAY,
    toAsk: (QUESTION_AFTER + BOUNCES_WITHIN) / DAY,
    reportKept: REPORT_KEPT / DAY,
    answerKept: ANSWER_KEPT / DAY,
    practiceMailKept: PRACTICE_MAIL_KEPT / DAY,
    betweenLetters: ONE_LETTER_EVERY / DAY,
  };
  const stands = positions.map((position) => ({ ...positionView(position), stance: position.stance }));
  const router = Router();

  router.get('/facts', (_req, res) => {
    const today = londonDay(clock());
    const shown = facts.map((fact) => ({
      ...factView(fact),
      nations: fact.nations.join(', '),
      reviewBy: spokenDate(fact.reviewBy),
      outOfDate: today > fact.reviewBy,
    }));
    res.send(pages.render('supporter/facts', { facts: shown, positions: stands }));
  });

  router.get('/privacy', (_req, res) => {
    res.send(pages.render('supporter/privacy', { days, ownDirectory: ownDirectory() }));
  });
  return router;
}
