import { queueReader } from './actions/read-queue.ts';
import { upkeepReader } from './actions/read-upkeep.ts';
import { openPulse, readinessReader } from './actions/readiness.ts';
import type { Config } from './config.ts';
import type { Result } from './domain/result.ts';
import type { Database } from './store/database.ts';
import type { SendMail } from './mail/message.ts';
import type { Upstreams } from './upstreams.ts';
import type { Metrics } from './web/metrics.ts';
import type { Operations } from './web/operations.ts';

export interface Watching {
  /** What the web answers to the machines around it. */
  readonly web: Operations;
  /** To be called whenever the worker looks for mail. */
  beat(): Promise<void>;
  /** The same, counted where somebody reads the counts. */
  lookups(upstreams: Upstreams): Upstreams;
  handovers(send: SendMail): SendMail;
}

interface Needs {
  readonly config: Pick<Config, 'role' | 'metricsToken' | 'pace'>;
  readonly db: Database;
  readonly clock: () => Date;
}

/** Watches over one process: whether it is ready, and, where there is a token to read it with, what it counts. */
export async function watchOver({ config, db, clock }: Needs): Promise<Watching> {
  const { role, metricsToken: token, pace } = config;
  const works = role !== 'serve';
  const pulse = openPulse(db, works, clock);
  const read = token === null ? null : await metricsOf({ db, hours: pace.hours, clock });
  return {
    web: { readiness: readinessReader({ db, pulse, works, clock }), metrics: read && token ? { read, token } : null },
    beat: () => pulse.beat(),
    lookups: (upstreams) => (read ? countedLookups(upstreams, read) : upstreams),
    handovers: (send) => (read ? countedHandovers(send, read) : send),
  };
}

/** Loaded only where it is used: most have nobody who reads it. */
async function metricsOf(needs: Parameters<typeof queueReader>[0]): Promise<Metrics> {
  const { openMetrics } = await import('./web/metrics.ts');
  const { db, clock } = needs;
  return openMetrics({ readQueue: queueReader(needs), readUpkeep: upkeepReader(db, clock), clock });
}

function countedLookups(upstreams: Upstreams, metrics: Metrics): Upstreams {
  metrics.tellOfDirectory(upstreams.ownDirectory);
  const counted =
    <A extends unknown[], T, E extends { readonly kind: string }>(
      of: string,
      ask: (...asked: A) => Promise<Result<T, E>>,
    ) =>
    async (...asked: A): Promise<Result<T, E>> => {
      const ended = metrics.startLookup(of);
      const found = await ask(...asked);
      ended(found.ok ? 'found' : found.error.kind);
      return found;
    };
  return {
    ...upstreams,
    findPlace: counted('place', upstreams.findPlace),
    findSeat: counted('seat', upstreams.findSeat),
  };
}

function countedHandovers(send: SendMail, metrics: Metrics): SendMail {
  return async (message) => {
    const ended = metrics.startHandover();
    const handover = await send(message);
    ended(handover.outcome);
    return handover;
  };
}
