import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { DeleteMyData } from '../../actions/delete-my-data.ts';
import type { StatusOf } from '../../actions/letter-status.ts';
import type { NoteReplies } from '../../actions/note-replies.ts';
import type { Withdrawals } from '../../actions/withdraw-letter.ts';
import { hasArrived } from '../../domain/delivery.ts';
import { REPLIES } from '../../domain/reply.ts';
import type { Pages } from '../../render/pages.ts';

export interface LetterAfterwardsNeeds {
  readonly pages: Pages;
  readonly statusOf: StatusOf;
  readonly noteReplies: NoteReplies;
  readonly deleteMyData: DeleteMyData;
  readonly withdrawals: Withdrawals;
  readonly limits: { readonly lookups: RequestHandler };
}

const Said = z.record(z.string(), z.enum(REPLIES)).catch({});

/** What a supporter can still say and do once a letter is out of their hands. Looking never does it: mail filters follow every link. */
export function letterAfterwards(needs: LetterAfterwardsNeeds): Router {
  const { pages, statusOf, noteReplies, deleteMyData, withdrawals, limits } = needs;
  const router = Router();

  router.post('/letters/:token/replies', limits.lookups, async (req, res) => {
    const token = String(req.params.token);
    const said = new Map(Object.entries(Said.parse({ ...req.body })));
    if (!(await noteReplies(token, said)))
      return void res.status(404).send(pages.render('supporter/status/unknown', {}));
    res.redirect(303, `/letters/${token}#replied`);
  });

  router.get('/letters/:token/delete', limits.lookups, async (req, res) => {
    const token = String(req.params.token);
    const status = await statusOf(token);
    res.set('Cache-Control', 'no-store');
    if (!status) return void res.status(404).send(pages.render('supporter/status/unknown', {}));
    const sent = status.deliveries.some(({ state }) => hasArrived(state));
    res.send(pages.render('supporter/delete/sure', { token, sent }));
  });

  router.post('/letters/:token/delete', limits.lookups, async (req, res) => {
    await deleteMyData(String(req.params.token));
    res.redirect(303, '/deleted');
  });

  router.get('/deleted', (_req, res) => {
    res.send(pages.render('supporter/delete/done', {}));
  });

  router.get('/not-me/:token', limits.lookups, async (req, res) => {
    const token = String(req.params.token);
    const state = await withdrawals.look(token);
    res.set('Cache-Control', 'no-store');
    const { status, view } = NOT_ME[state];
    res.status(status).send(pages.render(view, { token }));
  });

  router.post('/not-me/:token', limits.lookups, async (req, res) => {
    const token = String(req.params.token);
    if (await withdrawals.withdraw(token)) return res.redirect(303, '/deleted');
    const { status, view } = NOT_ME[await withdrawals.look(token)];
    res.status(status).send(pages.render(view, { token }));
  });
  return router;
}

const NOT_ME = {
  'can be withdrawn': { status: 200, view: 'supporter/not-me/sure' },
  'already sent': { status: 409, view: 'supporter/not-me/sent' },
  'nothing here': { status: 404, view: 'supporter/status/unknown' },
} as const;
