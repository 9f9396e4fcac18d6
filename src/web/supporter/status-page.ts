import { Router, type RequestHandler } from 'express';
import type { LetterStatus, StatusOf } from '../../actions/letter-status.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import { councilCodeIn, mpId } from '../../domain/addressee.ts';
import { standingOn } from '../../domain/council-on.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import { isUndelivered, type Delivery } from '../../domain/delivery.ts';
import { CONFIRMATION_WINDOW, readersOf, type Letter, type LetterAddressee } from '../../domain/letter.ts';
import { londonDay, londonDayAndHour } from '../../domain/london-time.ts';
import { isCorrected } from '../../domain/place-query.ts';
import type { Pages } from '../../render/pages.ts';
import { allInSentence } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { draftKey, openingsView } from './copies-view.ts';
import { placeWords } from './place-view.ts';
import { endedView, replacedView } from './replaced-view.ts';
import { reportView } from './report-view.ts';

export interface StatusPageNeeds {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly statusOf: StatusOf;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

/** What happened to a letter. Its signed link is the supporter's own bookmark. */
export function statusPage({ pages, councils, statusOf, switches, clock, limits }: StatusPageNeeds): Router {
  const router = Router();

  router.get('/letters/:token', limits.lookups, async (req, res) => {
    const status = await statusOf(String(req.params.token));
    res.set('Cache-Control', 'no-store');
    if (!status) return void res.status(404).send(pages.render('supporter/status/unknown', {}));
    const today = londonDay(clock());
    const other = otherLetter(status.letter, councils, today);
    const isClosed = other.isMp && (await switches()).has('dissolution');
    const replaced = replacedSince(status.letter, councils, today);
    res.send(
      pages.render(VIEWS[status.letter.state], { ...statusView(status), replaced, other: isClosed ? null : other }),
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
  const failed = deliveries.filter(({ state }) => isUndelivered(state));
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

/** Of the council it went to: what it took over from when it was written, or who has taken over since. */
function replacedSince({ to, place }: Letter, councils: CouncilRegister, today: string) {
  const [first] = to;
  if (!first || first.kind === 'mp') return null;
  const council = place.councils.find(({ code }) => code === councilCodeIn(first.id));
  return endedView(first.id, councils, today) ?? (council ? replacedView(council.name, council.replaced) : null);
}

/** After a letter about this council the MP's; after the MP's those who answer for the council, councillors first: today's, whoever it was when the letter was written. */
function otherLetter({ to, place }: Letter, councils: CouncilRegister, today: string) {
  const toMp = to.some(({ kind }) => kind === 'mp');
  const [council] = place.councils;
  const listed = council && councils.byCode(council.code);
  const register = listed && standingOn(listed, today, councils);
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
