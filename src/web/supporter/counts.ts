import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { CountCopy } from '../../actions/count-copy.ts';
import { ROUTES } from '../../domain/route.ts';

export interface CountsNeeds {
  readonly countCopy: CountCopy;
  readonly limits: { readonly counts: RequestHandler };
}

const Count = z.object({ area: z.string().regex(/^[ENSW]\d{8}$/), route: z.enum(ROUTES) });

/** Pages tell us by which route a letter left, where no other request would. */
export function counts({ countCopy, limits }: CountsNeeds): Router {
  const router = Router();
  router.post('/counts', limits.counts, async (req, res) => {
    const count = Count.safeParse(req.body);
    if (!count.success) return void res.sendStatus(400);
    await countCopy(count.data.area, count.data.route);
    res.sendStatus(204);
  });
  return router;
}
