import { Router } from 'express';
import type { Fact } from '../../domain/fact.ts';
import type { Pages } from '../../render/pages.ts';
import { factView } from './fact-view.ts';

export interface CampaignPageNeeds {
  readonly pages: Pages;
  readonly facts: readonly Fact[];
}

/** The claims that the campaign page makes, in the words of their records. */
const CLAIMS = {
  found: 'councils-275',
  research: 'tibet-research',
  listed: 'us-entity-list',
  government: 'sensitive-sites',
  commons: 'fac-2021',
} as const;

/** What it is about, and the postcode box. */
export function campaignPage({ pages, facts }: CampaignPageNeeds): Router {
  const claims = Object.fromEntries(
    Object.entries(CLAIMS).map(([place, id]) => {
      const fact = facts.find((fact) => fact.id === id);
      return [place, fact ? factView(fact) : null];
    }),
  );
  const page = pages.render('supporter/campaign', { claims });

  const router = Router();
  router.get('/', (_req, res) => {
    res.send(page);
  });
  return router;
}
