import { Router, type RequestHandler } from 'express';
import type { LetterStatus, StatusOf } from '../../actions/letter-status.ts';
import { councilId, mpId } from '../../domain/addressee.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { CONFIRMATION_WINDOW, type Letter } from '../../domain/letter.ts';
import { londonDayAndHour } from '../../domain/london-time.ts';
import type { Pages } from '../../render/pages.ts';
import { calledInSentence } from './addressee-view.ts';
import { queryFor } from './asked-place.ts';

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
    undelivered: deliveries.some(({ state }) => state === 'refused' || state === 'given up'),
  };
}

function deliveryView({ to, state, movedAt }: Delivery, letter: Letter) {
  const addressee = letter.to.find(({ id }) => id === to);
  return { called: addressee?.name, office: addressee?.office, state, at: londonDayAndHour(movedAt) };
}

/** After the council's letter the MP's, after the MP's the council's. */
function otherLetter({ to, place }: Letter, councils: CouncilRegister) {
  const toMp = to.some(({ kind }) => kind === 'mp');
  const [council] = place.councils;
  if (toMp && !council) return null;
  const id = toMp && council ? councilId(council.code) : mpId(place.constituency.code);
  const register = council && councils.byCode(council.code);
  return {
    isMp: !toMp,
    council: register ? nameInSentence(register) : null,
    constituency: place.constituency.name,
    letter: `/write/letter?${queryFor(place, { to: id })}`,
  };
}
