import { Router } from 'express';
import { draftsApi, type DraftsApiNeeds } from './api/drafts.ts';
import { placesApi, type PlacesApiNeeds } from './api/places.ts';
import { health } from './health.ts';
import { openLimits } from './limits.ts';

export interface RouteNeeds extends Omit<PlacesApiNeeds & DraftsApiNeeds, 'lookups'> {
  readonly rateLimits: boolean;
}

/** Every URL, on one screen. */
export function routes(needs: RouteNeeds): Router {
  const limits = openLimits(needs.rateLimits);
  const site = Router();
  site.use(health());
  site.use('/api/v1', placesApi({ ...needs, lookups: limits.lookups }));
  site.use('/api/v1', draftsApi({ ...needs, lookups: limits.lookups }));
  return site;
}
