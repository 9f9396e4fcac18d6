import { londonDay } from '../domain/london-time.ts';
import type { Registers } from '../domain/place.ts';
import type { Route } from '../domain/route.ts';
import { countOne } from '../store/counts.ts';
import type { Database } from '../store/database.ts';
import { inPassing } from './in-passing.ts';

/** Counts one letter that left by one route, for one council or constituency and day. Of the supporter nothing is kept. */
export type CountCopy = (areaCode: string, route: Route) => Promise<void>;

interface Needs {
  readonly db: Database;
  readonly campaignId: string;
  readonly registers: Registers;
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

/** An area that is in none of our lists is not counted: a stranger may send anything. */
export function copyCounter({
  db,
  campaignId,
  registers: { councils, constituencies },
  complain,
  clock,
}: Needs): CountCopy {
  return async (areaCode, route) => {
    if (!councils.byCode(areaCode) && !constituencies.byCode(areaCode)) return;
    const one = { campaignId, day: londonDay(clock()), areaCode, route };
    await inPassing(() => countOne(db, one), complain);
  };
}
