import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { ReportContact } from '../../actions/report-contact.ts';
import { REPORTED_FAULTS } from '../../domain/notice.ts';
import type { Pages } from '../../render/pages.ts';
import { text } from './asked-place.ts';

export interface ReportsNeeds {
  readonly pages: Pages;
  readonly reportContact: ReportContact;
  readonly limits: { readonly reports: RequestHandler };
}

/** In characters; what a text box sends as a line break counts as one. */
export const LONGEST_NOTE = 500;

const Typed = z.object({ to: text, what: text, note: text.transform((note) => note.replace(/\r\n?/g, '\n')) });
const Report = z.object({
  to: z.string(),
  what: z.enum(REPORTED_FAULTS),
  note: z
    .string()
    .transform((note) => note.replace(/[^\P{Cc}\n]/gu, '').trim())
    .pipe(z.string().max(LONGEST_NOTE)),
});

/** Supporters say that a contact is wrong. It goes to the organisers, and changes nothing. */
export function reports({ pages, reportContact, limits }: ReportsNeeds): Router {
  const thanks = pages.render('supporter/report/thanks', {});
  const router = Router();

  router.post('/contacts/reports', limits.reports, async (req, res) => {
    const typed = Typed.parse(req.body ?? {});
    const report = Report.safeParse(typed);
    if (!report.success) {
      const wrong = new Set(report.error.issues.map(({ path }) => path[0]));
      const view = { typed, noFault: wrong.has('what'), longNote: wrong.has('note'), failed: true };
      return void res.status(422).send(pages.render('supporter/report/again', view));
    }
    const reported = await reportContact(report.data);
    if (!reported.ok) return void res.status(404).send(pages.render('supporter/report/unknown', { failed: true }));
    res.redirect(303, '/contacts/reported');
  });

  router.get('/contacts/reported', (_req, res) => {
    res.send(thanks);
  });
  return router;
}
