import { setTimeout as wait } from 'node:timers/promises';
import { lastRound, lastWholeRound, mpRefresher, type RefreshMps } from './actions/refresh-mps.ts';
import type { ReadSwitches } from './actions/read-switches.ts';
import { isPracticeMode, type Config } from './config.ts';
import type { Constituency } from './domain/constituency.ts';
import { isRoundDue } from './domain/round-time.ts';
import { openHttp } from './lookup/http.ts';
import { parliament } from './lookup/parliament.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import { claimDuty, giveDutyBack } from './store/duties.ts';

/** At most one request a second: nobody waits for a round. */
const BETWEEN_REQUESTS_MS = 1_000;

export interface MpRounds {
  readonly refresh: RefreshMps;
  /** Waits for the request in hand. */
  close(): Promise<void>;
}

interface Needs {
  readonly config: Pick<Config, 'parliamentUrl'>;
  readonly db: Database;
  readonly constituencies: readonly Constituency[];
  readonly clock: () => Date;
}

/** The way to Parliament's list of all seats, apart from that of supporters' look-ups: nothing is tried twice. Whoever opens it closes it. */
export function openMpRounds({ config, db, constituencies, clock }: Needs): MpRounds {
  const http = openHttp({ attempts: 1, connections: 1 });
  const { seatsAfter } = parliament(http, config.parliamentUrl);
  const pause = (stop: AbortSignal) => rest(BETWEEN_REQUESTS_MS, stop);
  return { refresh: mpRefresher({ db, seatsAfter, constituencies, pause, clock }), close: () => http.close() };
}

interface Keeping extends Pick<Watch, 'db' | 'switches' | 'clock' | 'stop'> {
  readonly config: Config;
  readonly constituencies: readonly Constituency[];
  readonly log: Log;
}

/** Goes round all seats each night until stopped, and closes the way to Parliament after the request in hand. */
export async function keepSeatsFresh({ config, constituencies, log, ...watch }: Keeping): Promise<void> {
  const rounds = openMpRounds({ ...watch, config, constituencies });
  await goRounds({
    ...watch,
    refresh: rounds.refresh,
    tell: roundTeller(log, isPracticeMode(config)),
    complain: (cause) => log.error({ event: 'a round over all seats failed', err: cause }),
  });
  await rounds.close();
}

/** The start of the program is left in peace. */
const FIRST_LOOK_AFTER_MS = 60_000;
const LOOKED_EVERY_MS = 10 * 60_000;
/** At most, with all pages slow; and over before whoever broke off looks again. */
const ROUND_TAKES_MS = 9 * 60_000;

interface Watch {
  readonly db: Database;
  readonly refresh: RefreshMps;
  readonly switches: ReadSwitches;
  readonly tell: (round: Awaited<ReturnType<RefreshMps>>) => void;
  readonly complain: (cause: unknown) => void;
  readonly clock: () => Date;
  readonly stop: AbortSignal;
  readonly firstLookAfterMs?: number;
}

/** Goes round all seats each night, beside the mail, until stopped. While there are no MPs it leaves the list alone. */
export async function goRounds({
  stop,
  complain,
  firstLookAfterMs = FIRST_LOOK_AFTER_MS,
  ...watch
}: Watch): Promise<void> {
  await rest(firstLookAfterMs, stop);
  while (!stop.aborted) {
    await goRoundIfDue({ stop, ...watch }).catch(complain);
    await rest(LOOKED_EVERY_MS, stop);
  }
}

async function goRoundIfDue({ db, refresh, switches, tell, clock, stop }: Omit<Watch, 'complain'>): Promise<void> {
  if ((await switches()).has('dissolution')) return;
  const [whole, last] = await Promise.all([lastWholeRound(db), lastRound(db)]);
  if (!isRoundDue(whole, last?.at, clock())) return;
  if (!(await claimDuty(db, 'round over all seats', clock(), ROUND_TAKES_MS))) return;
  const round = await refresh({ accept: false, stop });
  if (!round) await giveDutyBack(db, 'round over all seats'); // stopped: another process may go, or this one once it is back
  tell(round);
}

/** Logs what became of a round. In practice mode Parliament may be out of reach for good, which is nobody's trouble. */
export function roundTeller(log: Log, practice: boolean): Watch['tell'] {
  return (round) => {
    if (!round || (practice && round.broken !== null)) return;
    const { heard, changed, held, broken, problems } = round;
    if (held) log.error({ event: 'a round over all seats is held: npm run pennypost -- mps refresh', changed });
    const seats = problems.slice(0, MOST_NAMED).map(({ kind, name }) => `${kind}: ${name}`);
    if (problems.length > 0) log.warn({ event: 'seats that could not be matched', problems: problems.length, seats });
    if (broken !== null) log.warn({ event: 'a round over all seats broke off', heard, detail: broken });
    else log.info({ event: 'went round all seats', heard, changed });
  };
}

const MOST_NAMED = 20;

async function rest(ms: number, stop: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal: stop }).catch(() => {}); // stopped, not failed
}
