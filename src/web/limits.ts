import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** What one internet address may ask for. Wide enough for a library or a phone network, where many share one. */
const LOOKUPS = { windowMs: MINUTE, limit: 60 };
const LETTERS = { windowMs: HOUR, limit: 30 };
const COUNTS = { windowMs: HOUR, limit: 120 };
const REPORTS = { windowMs: HOUR, limit: 10 };

export interface Limits {
  /** Pages that make us ask an upstream. */
  readonly lookups: RequestHandler;
  /** Handing over a letter, which makes us send mail. */
  readonly letters: RequestHandler;
  readonly counts: RequestHandler;
  /** Saying that a contact is wrong, which people have to look at. */
  readonly reports: RequestHandler;
}

/** Somebody asked too often; carries how long to wait. */
export class TooManyRequests extends Error {
  readonly status = 429;
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('too many requests from one address');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function openLimits(on: boolean): Limits {
  return {
    lookups: limit(LOOKUPS, on),
    letters: limit(LETTERS, on),
    counts: limit(COUNTS, on),
    reports: limit(REPORTS, on),
  };
}

function limit({ windowMs, limit }: { windowMs: number; limit: number }, on: boolean): RequestHandler {
  if (!on) return (_req, _res, next) => next();
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) => next(new TooManyRequests(Math.ceil(windowMs / 1000))),
  });
}
