import { Router } from 'express';

/** GET /healthz: whether this process answers at all. */
export function health(): Router {
  const pages = Router();
  pages.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  return pages;
}
