import { Router, type RequestHandler } from 'express';
import type { LetterStatus, StatusOf } from '../../actions/letter-status.ts';
import { mpId } from '../../domain/addressee.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { CONFIRMATION_WINDOW, readersOf, type Letter, type LetterAddressee } from '../../domain/letter.ts';
import { londonDayAndHour } from '../../domain/london-time.ts';
import { isCorrected } from '../../domain/place-query.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { draftKey, openingsView } from './copies-view.ts';
import { placeWords } from './place-view.ts';
import { reportView } from './report-view.ts';

export interface StatusPageNeeds {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly statusOf: StatusOf;
  readonly limits: { readonly lookups: RequestHandler };
}

/** What happened to a letter. Its signed link is the supporter's own bookmark. */
export function statusPage({ pages, councils, statusOf, limits }: StatusPageNeeds): Router {
  const router = Router();

  router.get('/letters/:token', limits.lookups, async (req, res) => {
    const status = await statusOf(String(req.params.token));
    res.set('Cache-Control', 'no-store');
    if (!status) return void res.status(404).send(pages.render('supporter/status/unknown', {}));
    res.send(
      pages.render(VIEWS[status.letter.state], { ...statusView(status), other: otherLetter(status.letter, councils) }),
    );
  });
  return router;
}

const VIEWS = {
  'awaiting confirmation': 'supporter/status/awaiting',
  confirmed: 'supporter/status/confirmed',
  expired: 'supporter/status/expired',
} as const satisfies Record<Letter['state'], string>;

function statusView({ letter, deliveries }: LetterStatus) {
  const { to, from, subject, body, writtenAt, ownWords, campaignId, place } = letter;
  const failed = deliveries.filter(({ state }) => state === 'refused' || state === 'given up');
  return {
    called: allInSentence(to),
    draftKey: draftKey(readersOf(letter).map((id) => ({ id }))),
    campaignId,
    email: from.email,
    subject,
    body,
    openings: openingsView(to),
    ownWords,
    until: londonDayAndHour(new Date(writtenAt.getTime() + CONFIRMATION_WINDOW)),
    deliveries: to.map((addressee) => copyView(addressee, deliveries)),
    undelivered: failed.length > 0,
    allUndelivered: failed.length > 0 && failed.length === deliveries.length,
    corrected: isCorrected(place),
    postcode: place.postcode,
    ...placeWords(place),
    report: reportView(to),
  };
}

/** What became of one copy. Whoever had a letter lately got none of this one. */
function copyView({ id, name, office }: LetterAddressee, deliveries: readonly Delivery[]) {
  const delivery = deliveries.find(({ to }) => to === id);
  if (!delivery) return { called: name, office, state: 'left out', at: null };
  return { called: name, office, state: delivery.state, at: londonDayAndHour(delivery.movedAt) };
}

/** After a letter about this council the MP's; after the MP's those who answer for the council, councillors first. */
function otherLetter({ to, place }: Letter, councils: CouncilRegister) {
  const toMp = to.some(({ kind }) => kind === 'mp');
  const [council] = place.councils;
  const register = council && councils.byCode(council.code);
  return {
    isMp: !toMp,
    council: register ? nameInSentence(register) : null,
    constituency: place.constituency.name,
    letter: toMp
      ? `/write?${queryFor(place)}`
      : `/write/letter?${queryFor(place, { to: mpId(place.constituency.code) })}`,
    others: `/write?${queryFor(place)}`,
  };
}
