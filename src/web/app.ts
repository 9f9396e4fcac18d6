import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Words } from '../domain/words.ts';
import type { Pages } from '../render/pages.ts';
import { errorPage, notFound } from './errors.ts';
import { openLimits } from './limits.ts';
import { lookupRoutes, routes, type RouteNeeds } from './routes.ts';
import { sameOriginOnly, securityHeaders } from './security.ts';

export interface AppNeeds extends RouteNeeds {
  readonly pages: Pages;
  readonly words: Words;
  readonly publicUrl: URL;
  readonly trustedProxies: string;
  readonly complain: (event: string, cause: unknown) => void;
}

/** The largest letter with its form is a tenth of this. */
const LARGEST_FORM = '128kb';
const MOST_FIELDS = 50;

/** The pipeline of every request, in order. */
export function webApp(needs: AppNeeds): Express {
  const app = express();
  const limits = openLimits(needs.rateLimits);
  app.disable('x-powered-by');
  app.disable('etag'); // every page is of its moment, and what stays the same has its hash in its address
  app.set('trust proxy', needs.trustedProxies);

  if (needs.operations.metrics) app.use(needs.operations.metrics.read.timing);
  app.use(securityHeaders(needs.publicUrl));
  app.use(askedAnew);
  app.use(lookupRoutes(needs, limits));
  app.use(compressed());
  app.use(beforeAnyChange(sameOriginOnly(needs.publicUrl), formsOnly()));
  app.use(routes(needs, limits));
  app.use(notFound(needs));
  app.use(errorPage(needs));
  return app;
}

/** Nobody keeps a page for later, and no proxy for others; what may be kept says so itself. */
const askedAnew: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-cache');
  next();
};

/** Compresses for whoever can read it; others are not made to pay for asking. */
function compressed(): RequestHandler {
  const compress = compression();
  return (req, res, next) => (req.headers['accept-encoding'] === undefined ? next() : compress(req, res, next));
}

/** What only asks goes straight on; what may change something passes both. */
function beforeAnyChange(first: RequestHandler, second: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next();
    first(req, res, (refusal?: unknown) => (refusal ? next(refusal) : second(req, res, next)));
  };
}

/** Pages take forms; anything else sent to them gets its own answer instead of an empty form's errors. The API reads its own. */
function formsOnly(): RequestHandler {
  const readForm = express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: MOST_FIELDS });
  return (req, res, next) => {
    if (req.path.startsWith('/api/')) return next();
    if (req.headers['content-length'] !== '0' && !req.is('application/x-www-form-urlencoded'))
      return next(new NotAForm());
    readForm(req, res, next);
  };
}

/** Something other than a form was sent to a page. */
class NotAForm extends Error {
  readonly status = 415;
}
