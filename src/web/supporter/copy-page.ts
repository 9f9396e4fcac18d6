import { Router, type RequestHandler } from 'express';
import type { CountCopy } from '../../actions/count-copy.ts';
import type { DraftLetter } from '../../actions/draft-letter.ts';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { Addressees } from '../../domain/chosen-addressees.ts';
import { signed } from '../../domain/draft.ts';
import { textFor } from '../../domain/letter.ts';
import type { Route } from '../../domain/route.ts';
import { signature } from '../../domain/supporter.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence, calledName, emailOf, isPredecessorsSite, ownAddressees, websiteOf } from './addressee-view.ts';
import { queryFor, type FindHere } from './asked-place.ts';
import { mailboxesOf, type MailboxView } from './copies-view.ts';
import { addressLines, typedLetterIn, type TypedLetter } from './letter-form.ts';
import { gmailLink, mailtoLink, outlookLink } from './mail-links.ts';

/** A letter to download as a message for a mail program. */
export type AsEml = (mail: {
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
}) => string;

export interface CopyPageNeeds {
  readonly pages: Pages;
  readonly findHere: FindHere;
  readonly findAddressees: FindAddressees;
  readonly draftLetter: DraftLetter;
  readonly asEml: AsEml;
  readonly countCopy: CountCopy;
  readonly limits: { readonly lookups: RequestHandler };
}

interface Copied {
  readonly typed: TypedLetter;
  readonly letter: string;
  readonly subject: string;
  /** Nobody when the place cannot be found just now: the text is there all the same. */
  readonly to: Addressees | readonly [];
  readonly mailboxes: readonly MailboxView[];
  /** Whether letters to whom it is for are closed for a time. */
  readonly closed: boolean;
  readonly chooseAgain: string;
}

/** The finished letter for the supporter to take away. Nothing is kept but a count. */
export function copyPages(needs: CopyPageNeeds): Router {
  const { pages, findHere, findAddressees, draftLetter, asEml, countCopy, limits } = needs;
  const router = Router();

  const read = async (body: unknown): Promise<Copied> => {
    const typed = typedLetterIn(body);
    const subject = oneLine(typed.subject);
    const here = await findHere(typed);
    const nobody = { to: [], mailboxes: [] } as const;
    if (!here.ok)
      return { typed, letter: signedLetter(typed, ''), subject, ...nobody, closed: false, chooseAgain: '/' };
    const { place } = here.value;
    const chosen = ownAddressees(await findAddressees(place), typed.to);
    const chooseAgain = `/write?${queryFor(place)}`;
    if (!chosen.ok) {
      const closed = chosen.error === 'closed';
      return { typed, letter: signedLetter(typed, ''), subject, ...nobody, closed, chooseAgain };
    }
    const { openingForAll, copies } = draftLetter(place, chosen.value);
    const letter = signedLetter(typed, openingForAll);
    return { typed, letter, subject, to: chosen.value, mailboxes: mailboxesOf(copies), closed: false, chooseAgain };
  };
  const count = async ({ to: [first] }: Copied, route: Route) => {
    if (first) await countCopy(first.areaCode, route);
  };

  router.post('/write/copy', limits.lookups, async (req, res) => {
    const copied = await read(req.body);
    if (copied.closed) return void res.status(409).send(pages.render('supporter/not-sent', closedView(copied)));
    await count(copied, 'copied');
    res.send(pages.render('supporter/copy', copyView(copied)));
  });

  router.post('/write/letter.txt', limits.lookups, async (req, res) => {
    const copied = await read(req.body);
    await count(copied, 'txt');
    res
      .attachment(fileName(copied, 'txt'))
      .type('text/plain')
      .send(copied.letter.replaceAll('\n', '\r\n') + '\r\n');
  });

  router.post('/write/letter.eml', limits.lookups, async (req, res) => {
    const copied = await read(req.body);
    const to = copied.mailboxes.map(({ called, email }) => ({ name: oneLine(called), address: email }));
    if (to.length === 0) return void res.status(409).send(pages.render('supporter/no-address', {}));
    await count(copied, 'eml');
    const eml = asEml({ to, subject: copied.subject, text: copied.letter });
    res.attachment(fileName(copied, 'eml')).type('message/rfc822').send(eml);
  });
  return router;
}

function closedView({ typed, chooseAgain }: Copied) {
  return { reason: 'closed', typed, chooseAgain, failed: true };
}

/** The letter in one piece, as it is copied: to several with one salutation for all of them. */
function signedLetter({ body, name, address, postcode }: TypedLetter, opening: string): string {
  const from = signature({ name: name.trim(), address: addressLines(address), postcode: postcode.trim() });
  return textFor({ body: signed(body, from) }, { opening });
}

// A line break or another control character in a subject would begin a new header.
function oneLine(typed: string): string {
  return typed.replace(/\p{Cc}+/gu, ' ').trim();
}

function fileName({ to: [first, ...others] }: Copied, ending: string): string {
  if (!first) return `letter.${ending}`;
  return `letter-to-${others.length > 0 ? 'councillors' : plainWords(calledName(first))}.${ending}`;
}

function plainWords(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function copyView(copied: Copied) {
  const { typed, letter, subject, to, mailboxes, chooseAgain } = copied;
  const mail = { to: mailboxes.map(({ email }) => email), subject, body: letter };
  const links = { mailApp: mailtoLink(mail), gmail: gmailLink(mail), outlook: outlookLink(mail) };
  const [first] = to;
  const unreached = to.filter((one) => emailOf(one) === null);
  const [withoutAddress] = unreached;
  return {
    typed,
    letter,
    subject,
    inSentence: first ? allInSentence(to) : null,
    several: to.length > 1,
    areaCode: first?.areaCode ?? '',
    isMp: first?.kind === 'mp',
    mailboxes,
    unreached: withoutAddress && mailboxes.length > 0 ? allInSentence(unreached) : null,
    website: withoutAddress ? websiteOf(withoutAddress) : null,
    predecessorsSite: withoutAddress !== undefined && isPredecessorsSite(withoutAddress),
    unsigned: typed.name.trim() === '' || addressLines(typed.address).length === 0,
    links,
    tooLong: !links.mailApp.whole || !links.gmail.whole || !links.outlook.whole,
    chooseAgain,
  };
}
