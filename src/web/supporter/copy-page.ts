import { Router, type RequestHandler } from 'express';
import type { CountCopy } from '../../actions/count-copy.ts';
import type { FindAddressees } from '../../actions/find-addressees.ts';
import type { Addressee } from '../../domain/addressee.ts';
import { signed } from '../../domain/draft.ts';
import { signature } from '../../domain/supporter.ts';
import type { Pages } from '../../render/pages.ts';
import {
  calledInSentence,
  calledName,
  emailOf,
  isPredecessorsSite,
  ownAddressee,
  websiteOf,
} from './addressee-view.ts';
import { queryFor, type FindHere } from './asked-place.ts';
import { addressLines, typedLetterIn, type TypedLetter } from './letter-form.ts';
import { gmailLink, mailtoLink, outlookLink } from './mail-links.ts';

/** A letter to download as a message for a mail program. */
export type AsEml = (mail: {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
}) => string;

export interface CopyPageNeeds {
  readonly pages: Pages;
  readonly findHere: FindHere;
  readonly findAddressees: FindAddressees;
  readonly asEml: AsEml;
  readonly countCopy: CountCopy;
  readonly limits: { readonly lookups: RequestHandler };
}

interface Copied {
  readonly typed: TypedLetter;
  readonly letter: string;
  readonly subject: string;
  /** Undefined when the place cannot be found just now: the text is there all the same. */
  readonly to: Addressee | undefined;
  readonly chooseAgain: string;
}

/** The finished letter for the supporter to take away. Nothing is kept but a count. */
export function copyPages({ pages, findHere, findAddressees, asEml, countCopy, limits }: CopyPageNeeds): Router {
  const router = Router();

  const read = async (body: unknown): Promise<Copied> => {
    const typed = typedLetterIn(body);
    const here = await findHere(typed);
    const to = here.ok ? ownAddressee(await findAddressees(here.value.place), typed.to) : undefined;
    const chooseAgain = here.ok ? `/write?${queryFor(here.value.place)}` : '/';
    return { typed, letter: signedLetter(typed), subject: oneLine(typed.subject), to, chooseAgain };
  };

  router.post('/write/copy', limits.lookups, async (req, res) => {
    const copied = await read(req.body);
    if (copied.to?.closed) return void res.status(409).send(pages.render('supporter/not-sent', closedView(copied)));
    if (copied.to) await countCopy(copied.to.areaCode, 'copied');
    res.send(pages.render('supporter/copy', copyView(copied)));
  });

  router.post('/write/letter.txt', limits.lookups, async (req, res) => {
    const { letter, to } = await read(req.body);
    if (to) await countCopy(to.areaCode, 'txt');
    res
      .attachment(fileName(to, 'txt'))
      .type('text/plain')
      .send(letter.replaceAll('\n', '\r\n') + '\r\n');
  });

  router.post('/write/letter.eml', limits.lookups, async (req, res) => {
    const { letter, subject, to } = await read(req.body);
    const address = to && emailOf(to);
    if (!address) return void res.status(409).send(pages.render('supporter/no-address', {}));
    await countCopy(to.areaCode, 'eml');
    const eml = asEml({ to: { name: oneLine(calledName(to)), address }, subject, text: letter });
    res.attachment(fileName(to, 'eml')).type('message/rfc822').send(eml);
  });
  return router;
}

function closedView({ typed, chooseAgain }: Copied) {
  return { reason: 'closed', typed, chooseAgain, failed: true };
}

function signedLetter({ body, name, address, postcode }: TypedLetter): string {
  return signed(body, signature({ name: name.trim(), address: addressLines(address), postcode: postcode.trim() }));
}

// A line break or another control character in a subject would begin a new header.
function oneLine(typed: string): string {
  return typed.replace(/\p{Cc}+/gu, ' ').trim();
}

function fileName(to: Addressee | undefined, ending: string): string {
  return `letter${to ? `-to-${plainWords(calledName(to))}` : ''}.${ending}`;
}

function plainWords(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function copyView({ typed, letter, subject, to, chooseAgain }: Copied) {
  const email = to ? emailOf(to) : null;
  const mail = { to: email ? [email] : [], subject, body: letter };
  const links = { mailApp: mailtoLink(mail), gmail: gmailLink(mail), outlook: outlookLink(mail) };
  return {
    typed,
    letter,
    subject,
    called: to ? calledName(to) : null,
    inSentence: to ? calledInSentence(to) : null,
    areaCode: to?.areaCode ?? '',
    isMp: to?.kind === 'mp',
    email,
    website: to ? websiteOf(to) : null,
    predecessorsSite: to !== undefined && isPredecessorsSite(to),
    unsigned: typed.name.trim() === '' || addressLines(typed.address).length === 0,
    links,
    tooLong: !links.mailApp.whole || !links.gmail.whole || !links.outlook.whole,
    chooseAgain,
  };
}
