import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Words } from '../domain/words.ts';
import type { Pages } from '../render/pages.ts';
import { sendProblem } from './api/problem.ts';
import { TooManyRequests } from './limits.ts';

interface Needs {
  readonly pages: Pages;
  readonly words: Words;
  /** Told of what a person must look into; never of who asked for what. */
  readonly complain: (event: string, cause: unknown) => void;
}

/** Every way a request can fail before or inside a handler, with its view and its word in the API. */
const FAILURES = {
  400: { view: 'errors/bad-request', type: 'bad-request' },
  403: { view: 'errors/refused', type: 'cross-site' },
  404: { view: 'errors/not-found', type: 'not-found' },
  413: { view: 'errors/too-large', type: 'too-large' },
  415: { view: 'errors/bad-request', type: 'unsupported-media-type' },
  429: { view: 'errors/too-many', type: 'too-many-requests' },
  500: { view: 'errors/unexpected', type: 'unexpected' },
} as const;

type Status = keyof typeof FAILURES;

export function notFound(needs: Needs): RequestHandler {
  return (req, res) => answer(needs, res, isApi(req.path), 404);
}

/** The last handler: turns whatever was thrown into a page, or a problem for the API. Only what is our own fault is complained of. */
export function errorPage(needs: Needs): ErrorRequestHandler {
  return (cause: unknown, req, res, next) => {
    if (res.headersSent) return next(cause);
    const status = statusOf(cause);
    if (status === 500) needs.complain('a request failed', cause);
    if (cause instanceof TooManyRequests) res.set('Retry-After', String(cause.retryAfterSeconds));
    answer(needs, res, isApi(req.path), status);
  };
}

function answer({ pages, words }: Needs, res: Response, api: boolean, status: Status): void {
  const { view, type } = FAILURES[status];
  if (api)
    return sendProblem(res, { type, status, title: words.problems[type].title, detail: words.problems[type].detail });
  res.status(status).type('html').send(pages.render(view, { status }));
}

/** Parsers of bodies and addresses put the status on what they throw; of theirs only those we have a page for are believed. */
function statusOf(cause: unknown): Status {
  if (cause instanceof URIError) return 400;
  const { status } = (cause ?? {}) as { status?: unknown };
  return typeof status === 'number' && status in FAILURES ? (status as Status) : 500;
}

function isApi(path: string): boolean {
  return path.startsWith('/api/');
}
