import { councillorFinder } from './actions/find-councillors.ts';
import type { FindCouncillors } from './actions/find-addressees.ts';
import { wardLister, type WardsOf } from './actions/wards-of.ts';
import { councillorRefresher } from './actions/refresh-councillors.ts';
import { isPracticeMode, type Config } from './config.ts';
import type { CouncillorList } from './domain/councillor.ts';
import { openModernGov } from './lookup/moderngov.ts';
import type { Records } from './records/records.ts';
import type { Database } from './store/database.ts';
import { goRound } from './worker.ts';

export interface Councillors {
  readonly find: FindCouncillors;
  readonly wardsOf: WardsOf;
  /** Ends the request in hand and the asking. */
  close(): Promise<void>;
}

interface Needs {
  readonly config: Config;
  readonly db: Database;
  readonly records: Pick<Records, 'councils' | 'words'>;
  /** Lists of councils that have none of their own: in practice mode. */
  readonly examples: readonly CouncillorList[];
  readonly complain: (event: string, detail: string) => void;
  readonly fail: (event: string, cause: unknown) => void;
  readonly clock: () => Date;
}

/** Finds councillors in the lists that we have, and keeps these fresh in the background. In practice nobody's council is asked, unless a stand-in is named. */
export function openCouncillors({ config, db, records, examples, complain, fail, clock }: Needs): Councillors {
  const { councils, words } = records;
  const find = councillorFinder({ db, councils, words, examples, clock });
  const wardsOf = wardLister({ db, examples });
  if (isPracticeMode(config) && config.moderngovUrl === null) return { find, wardsOf, close: async () => {} };

  const moderngov = openModernGov({ base: config.moderngovUrl, councils: councils.all });
  const stop = new AbortController();
  const next = councillorRefresher({
    db,
    councils: councils.all,
    ask: moderngov.councillorsOf,
    chance: Math.random,
    complain,
    clock,
  });
  const going = goRound({ next, complain: (cause) => fail('asking a council failed', cause), stop: stop.signal });
  return {
    find,
    wardsOf,
    close: async () => {
      stop.abort();
      await going;
      await moderngov.close();
    },
  };
}
