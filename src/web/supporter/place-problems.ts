import type { Response } from 'express';
import type { ConstituencyRegister } from '../../domain/constituency.ts';
import type { CouncilRegister } from '../../domain/council.ts';
import type { ChoiceProblem, PlaceProblem } from '../../domain/place-problem.ts';
import type { Pages } from '../../render/pages.ts';
import type { Asked, NotHere } from './asked-place.ts';
import { keptForTheDay } from './kept-for-the-day.ts';
import { nameChoices } from './name-choices.ts';

interface Needs {
  readonly pages: Pages;
  readonly councils: CouncilRegister;
  readonly constituencies: ConstituencyRegister;
  readonly clock: () => Date;
}

const BY_POSTCODE = {
  empty: { status: 400, view: 'supporter/place/empty' },
  'not-a-postcode': { status: 400, view: 'supporter/place/not-a-postcode' },
  'half-a-postcode': { status: 400, view: 'supporter/place/half-a-postcode' },
  'did-you-mean': { status: 400, view: 'supporter/place/did-you-mean' },
  elsewhere: { status: 404, view: 'supporter/place/elsewhere' },
  terminated: { status: 410, view: 'supporter/place/terminated' },
  'unknown-postcode': { status: 404, view: 'supporter/place/unknown' },
  'lookup-unavailable': { status: 503, view: 'supporter/place/unavailable' },
} as const satisfies Record<PlaceProblem['kind'], { status: number; view: string }>;

const BY_NAME = {
  'nothing-chosen': { status: 400, view: 'supporter/by-name/nothing-chosen' },
  'unknown-council': { status: 404, view: 'supporter/by-name/unknown' },
  'unknown-constituency': { status: 404, view: 'supporter/by-name/unknown' },
  'which-constituency': { status: 200, view: 'supporter/by-name/which' },
  'which-council': { status: 200, view: 'supporter/by-name/which' },
  apart: { status: 400, view: 'supporter/by-name/which' },
} as const satisfies Record<ChoiceProblem['kind'], { status: number; view: string }>;

const BY_CORRECTION = {
  'not-nearby': { status: 422, view: 'supporter/place/not-nearby' },
  'unknown-ward': { status: 422, view: 'supporter/place/unknown-ward' },
} as const;

const COME_BACK_AFTER_S = 60;

export type ShowPlaceProblem = (res: Response, notHere: NotHere, asked: Asked) => void;

/** Shows why there is no place, what was typed still in its box, and the way on. */
export function placeProblemPages({ pages, councils, constituencies, clock }: Needs): ShowPlaceProblem {
  const choicesToday = keptForTheDay(clock, (today) => nameChoices(councils, constituencies, today));

  return (res, notHere, asked) => {
    const { by, problem } = notHere;
    const { status, view } = pageFor(notHere);
    if (problem.kind === 'lookup-unavailable') res.set('Retry-After', String(COME_BACK_AFTER_S));
    const ended = problem.kind === 'terminated' ? endOf(problem) : null;
    const postcodeError = by === 'postcode';
    const { postcode, council, constituency } = asked;
    const again = new URLSearchParams(postcode === '' ? { council, constituency } : { postcode }).toString();
    res.status(status).send(
      pages.render(view, {
        problem,
        ended,
        typed: asked,
        again,
        choices: choicesToday(),
        postcodeError,
        failed: status !== 200,
      }),
    );
  };
}

function pageFor({ by, problem }: NotHere): { readonly status: number; readonly view: string } {
  if (by === 'postcode') return BY_POSTCODE[problem.kind];
  return by === 'name' ? BY_NAME[problem.kind] : BY_CORRECTION[problem.kind];
}

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

function endOf({ year, month }: { readonly year: number; readonly month: number }): string {
  return MONTH.format(new Date(Date.UTC(year, month - 1)));
}
