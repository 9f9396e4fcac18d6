import { Router, type RequestHandler } from 'express';
import type { LetterStatus, StatusOf } from '../../actions/letter-status.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import { councilCodeIn, councilId, mpId } from '../../domain/addressee.ts';
import { standingOn } from '../../domain/council-on.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import { isUndelivered, type Delivery } from '../../domain/delivery.ts';
import { CONFIRMATION_WINDOW, type Letter } from '../../domain/letter.ts';
import { londonDay, londonDayAndHour } from '../../domain/london-time.ts';
import type { Pages } from '../../render/pages.ts';
import { calledInSentence } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';
import { endedView, replacedView } from './replaced-view.ts';

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
    const isClosed = other?.isMp && (await switches()).has('dissolution');
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
  const { to, from, subject, body, writtenAt, ownWords, campaignId } = letter;
  return {
    called: to.map(calledInSentence).join(', '),
    ids: to.map(({ id }) => id).join(' '),
    campaignId,
    email: from.email,
    subject,
    body,
    ownWords,
    until: londonDayAndHour(new Date(writtenAt.getTime() + CONFIRMATION_WINDOW)),
    deliveries: deliveries.map((delivery) => deliveryView(delivery, letter)),
    undelivered: deliveries.some(({ state }) => isUndelivered(state)),
  };
}

function deliveryView({ to, state, movedAt }: Delivery, letter: Letter) {
  const addressee = letter.to.find(({ id }) => id === to);
  return { called: addressee?.name, office: addressee?.office, state, at: londonDayAndHour(movedAt) };
}

/** Of the council it went to: what it took over from when it was written, or who has taken over since. */
function replacedSince({ to, place }: Letter, councils: CouncilRegister, today: string) {
  const [first] = to;
  if (!first || first.kind === 'mp') return null;
  const council = place.councils.find(({ code }) => code === councilCodeIn(first.id));
  return endedView(first.id, councils, today) ?? (council ? replacedView(council.name, council.replaced) : null);
}

/** After the council's letter the MP's, after the MP's the council's: today's, whoever it was when the letter was written. */
function otherLetter({ to, place }: Letter, councils: CouncilRegister, today: string) {
  const toMp = to.some(({ kind }) => kind === 'mp');
  const [council] = place.councils;
  if (toMp && !council) return null;
  const listed = council && councils.byCode(council.code);
  const register = listed && standingOn(listed, today, councils);
  const id = toMp && register ? councilId(register.code) : mpId(place.constituency.code);
  return {
    isMp: !toMp,
    council: register ? nameInSentence(register) : null,
    constituency: place.constituency.name,
    letter: `/write/letter?${queryFor(place, { to: id })}`,
  };
}
