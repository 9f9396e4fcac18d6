import { Router } from 'express';
import { londonDayAndHour } from '../domain/london-time.ts';
import type { ReadMail } from '../mail/read-mail.ts';
import type { Pages } from '../render/pages.ts';
import type { KeptMail, WholeMail } from '../store/mailbox.ts';

export interface MailboxNeeds {
  readonly pages: Pages;
  readonly publicUrl: URL;
  readonly listMails: () => Promise<readonly KeptMail[]>;
  readonly mailById: (id: string) => Promise<WholeMail | undefined>;
  readonly readMail: (raw: string) => Promise<ReadMail>;
}

// A mail brings its own styles in its text, and no script. Its links open in the whole window.
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";
const IN_THE_WHOLE_WINDOW = '<base target="_top">';

/** The practice mailbox: every mail as its reader would see it. */
export function mailboxPages({ pages, publicUrl, listMails, mailById, readMail }: MailboxNeeds): Router {
  const router = Router();

  router.get('/mailbox', async (_req, res) => {
    const mails = (await listMails()).map((mail) => ({ ...mail, at: londonDayAndHour(mail.at) }));
    res.set('Cache-Control', 'no-store').send(pages.render('mailbox/list', { mails }));
  });

  router.get('/mailbox/:id', async (req, res, next) => {
    const kept = await mailById(req.params.id);
    if (!kept) return next();
    const mail = await readMail(kept.raw);
    const view = { id: kept.id, at: londonDayAndHour(kept.at), ...mail, parts: partsOf(mail.text, publicUrl) };
    res.set('Cache-Control', 'no-store').send(pages.render('mailbox/mail', view));
  });

  router.get('/mailbox/:id/html', async (req, res, next) => {
    const kept = await mailById(req.params.id);
    const html = kept && (await readMail(kept.raw)).html;
    if (!html) return next();
    res.set({ 'Content-Security-Policy': MAIL_POLICY, 'X-Frame-Options': 'SAMEORIGIN', 'Cache-Control': 'no-store' });
    res.type('html').send(IN_THE_WHOLE_WINDOW + html);
  });
  return router;
}

interface Part {
  readonly text: string;
  /** Set when it is an address of ours, which the page makes a link. */
  readonly link: string | null;
}

function partsOf(text: string, publicUrl: URL): Part[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part) => ({ text: part, link: ours(part, publicUrl) ? part : null }));
}

function ours(part: string, { origin }: URL): boolean {
  return URL.canParse(part) && new URL(part).origin === origin;
}
