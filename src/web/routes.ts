import { Router } from 'express';
import { draftsApi, type DraftsApiNeeds } from './api/drafts.ts';
import { placesApi, type PlacesApiNeeds } from './api/places.ts';
import type { Limits } from './limits.ts';
import { mailboxPages, type MailboxNeeds } from './mailbox.ts';
import { operations, type Operations } from './operations.ts';
import type { Assets } from './static.ts';
import { supporterPages, type SupporterNeeds } from './supporter/supporter-pages.ts';

export type RouteNeeds = Omit<SupporterNeeds, 'limits'> &
  Omit<PlacesApiNeeds & DraftsApiNeeds, 'lookups'> & {
    readonly assets: Assets;
    readonly operations: Operations;
    /** Reading the practice mailbox; null in a real campaign, which has none. */
    readonly mailbox: Pick<MailboxNeeds, 'listMails' | 'mailById' | 'readMail'> | null;
    readonly publicUrl: URL;
    readonly rateLimits: boolean;
  };

/** Small answers to programs that only ask: they need nothing of what pages and forms pass through. */
export function lookupRoutes(needs: RouteNeeds, limits: Limits): Router {
  return placesApi({ ...needs, lookups: limits.lookups });
}

/** Every other room of the site, in order. */
export function routes(needs: RouteNeeds, limits: Limits): Router {
  const api = { ...needs, lookups: limits.lookups };
  const site = Router();
  site.use(draftsApi(api));
  site.use(supporterPages({ ...needs, limits }));
  site.use(needs.assets.router);
  site.use(operations(needs.operations));
  if (needs.mailbox) site.use(mailboxPages({ ...needs, ...needs.mailbox }));
  return site;
}
