import { Router, type RequestHandler } from 'express';
import type { StatusOf } from '../../actions/letter-status.ts';
import type { ReadSwitches } from '../../actions/read-switches.ts';
import { councilCodeIn, mpId } from '../../domain/addressee.ts';
import { standingOn } from '../../domain/council-on.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import { nameInSentence } from '../../domain/council.ts';
import type { Letter } from '../../domain/letter.ts';
import { londonDay } from '../../domain/london-time.ts';
import type { Words } from '../../domain/words.ts';
import type { Pages } from '../../render/pages.ts';
import { queryFor, text } from './asked-place.ts';
import { endedView, replacedView } from './replaced-view.ts';
import { statusView } from './status-view.ts';

export interface StatusPageNeeds {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly words: Words;
  readonly statusOf: StatusOf;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
  readonly limits: { readonly lookups: RequestHandler };
}

/** What happened to a letter. Its signed link is the supporter's own bookmark. */
export function statusPage({ pages, councils, words, statusOf, switches, clock, limits }: StatusPageNeeds): Router {
  const router = Router();

  router.get('/letters/:token', limits.lookups, async (req, res) => {
    const status = await statusOf(String(req.params.token));
    res.set('Cache-Control', 'no-store');
    if (!status) return void res.status(404).send(pages.render('supporter/status/unknown', {}));
    const today = londonDay(clock());
    const other = otherLetter(status.letter, councils, today);
    const isClosed = other.isMp && (await switches()).has('dissolution');
    const replaced = replacedSince(status.letter, councils, today);
    const view = statusView(status, String(req.params.token), text.parse(req.query.reply), words);
    res.send(pages.render(VIEWS[status.letter.state], { ...view, replaced, other: isClosed ? null : other }));
  });
  return router;
}

const VIEWS = {
  'awaiting confirmation': 'supporter/status/awaiting',
  confirmed: 'supporter/status/confirmed',
  expired: 'supporter/status/expired',
  withdrawn: 'supporter/status/unknown',
} as const satisfies Record<Letter['state'], string>;

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
