import { Router } from 'express';
import type { Fact } from '../../domain/fact.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Position } from '../../domain/position.ts';
import type { Pages } from '../../render/pages.ts';
import { DAYS } from './days.ts';
import { factView, positionView, spokenDate } from './fact-view.ts';

export interface FactsPageNeeds {
  readonly pages: Pages;
  readonly facts: readonly Fact[];
  readonly positions: readonly Position[];
  /** Whether postcodes are looked up on this machine first. */
  readonly ownDirectory: () => boolean;
  readonly clock: () => Date;
}

/** Every claim with its source, and what happens to a supporter's details. */
export function factsPages({ pages, facts, positions, ownDirectory, clock }: FactsPageNeeds): Router {
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
    res.send(pages.render('supporter/privacy', { days: DAYS, ownDirectory: ownDirectory() }));
  });
  return router;
}
