import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { databaseGauges, type Readings } from './gauges.ts';

/** What a Prometheus server may know of us. No label says anything about a person: routes are patterns, never addresses. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Times every request. */
  readonly timing: RequestHandler;
  /** Begins to time a handover. To be told what came of it, for the count. */
  startHandover(): (outcome: string) => void;
  /** The same for a look-up. */
  startLookup(of: string): (outcome: string) => void;
  /** Has it told whether this process has a postcode directory. */
  tellOfDirectory(isThere: () => boolean): void;
}

/** Seconds. Most pages take milliseconds; a look-up may take four seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A mail server may take two minutes. */
const HANDOVER_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120];

export function openMetrics(readings: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const lookAtDatabase = databaseGauges(registry, readings);

  const handovers = new Counter({
    name: 'pennypost_handovers_total',
    help: 'Mails this process handed to a mail server, by what came of it',
    labelNames: ['outcome'],
    registers,
  });
  const lookups = new Counter({
    name: 'pennypost_lookups_total',
    help: 'Places and seats looked up, from memory or anew, by what came of it',
    labelNames: ['of', 'outcome'],
    registers,
  });
  const handoverTimes = new Histogram({
    name: 'pennypost_handover_seconds',
    help: 'From the first word to a mail server to what came of it',
    labelNames: ['outcome'],
    buckets: HANDOVER_BUCKETS,
    registers,
  });
  const lookupTimes = new Histogram({
    name: 'pennypost_lookup_seconds',
    help: 'From the question where something is to the answer, from memory or anew',
    labelNames: ['of'],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'pennypost_request_seconds',
    help: 'From the request to the end of the answer, by the pattern of the route',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });

  return {
    contentType: registry.contentType,
    text: async () => {
      await lookAtDatabase();
      return registry.metrics();
    },
    timing: (req, res, next) => {
      const ended = requests.startTimer();
      res.once('close', () => ended({ method: req.method, route: routeOf(req.route), status: `${res.statusCode}` }));
      next();
    },
    startHandover: () => {
      const ended = handoverTimes.startTimer();
      return (outcome) => {
        ended({ outcome });
        handovers.inc({ outcome });
      };
    },
    startLookup: (of) => {
      const ended = lookupTimes.startTimer({ of });
      return (outcome) => {
        ended();
        lookups.inc({ of, outcome });
      };
    },
    tellOfDirectory: (isThere) =>
      void new Gauge({
        name: 'pennypost_own_postcode_directory',
        help: 'Whether this process looks postcodes up in a directory of its own first',
        registers,
        collect() {
          this.set(isThere() ? 1 : 0);
        },
      }),
  };
}

/** The pattern that a request fitted, such as "/confirm/:token"; an address that fits none may hold anything. */
function routeOf(route: unknown): string {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : 'none';
}
