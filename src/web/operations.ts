import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router, type Express } from 'express';
import type { ReadReadiness } from '../actions/readiness.ts';
import type { Metrics } from './metrics.ts';

/** What the machines around this one may ask. */
export interface Operations {
  readonly readiness: ReadReadiness;
  /** Null: nobody may read them. */
  readonly metrics: { readonly read: Metrics; readonly token: string } | null;
}

/** /healthz: this process answers; /readyz: it can do its work; /metrics: numbers, for whoever names the token. */
export function operations({ readiness, metrics }: Operations): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  router.get('/readyz', async (_req, res) => {
    const { ready, ...parts } = await readiness();
    const status = ready ? 'ready' : 'not ready';
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status, ...parts });
  });

  if (metrics)
    router.get('/metrics', async (req, res) => {
      res.set('Cache-Control', 'no-store');
      if (!isSame(req.get('authorization'), `Bearer ${metrics.token}`))
        return void res.set('WWW-Authenticate', 'Bearer').sendStatus(401);
      res.type(metrics.read.contentType).send(await metrics.read.text());
    });
  return router;
}

/** All that a process answers which has no pages, because it only works. */
export function operationsApp(needs: Operations): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(operations(needs));
  app.use((_req, res) => void res.sendStatus(404));
  return app;
}

/** Takes as long for a good guess as for a bad one. */
function isSame(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(expected));
}
