import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { bouncesIn, rateOf, type QueueReading } from '../domain/queue.ts';

/** What a Prometheus server may know of us. No label says anything about a person: routes are patterns, never addresses. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Times every request. */
  readonly timing: RequestHandler;
  countHandover(outcome: string): void;
  countLookup(of: string, outcome: string): void;
}

interface Needs {
  /** Throws when the database does not answer. */
  readonly readQueue: () => Promise<QueueReading>;
  readonly clock: () => Date;
}

/** Seconds. Most pages take milliseconds; a look-up may take four seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function openMetrics(needs: Needs): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const lookAtQueue = queueGauges(registry, needs);

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
      await lookAtQueue();
      return registry.metrics();
    },
    timing: (req, res, next) => {
      const ended = requests.startTimer();
      res.once('close', () => ended({ method: req.method, route: routeOf(req.route), status: `${res.statusCode}` }));
      next();
    },
    countHandover: (outcome) => handovers.inc({ outcome }),
    countLookup: (of, outcome) => lookups.inc({ of, outcome }),
  };
}

/** The pattern that a request fitted, such as "/confirm/:token"; an address that fits none may hold anything. */
function routeOf(route: unknown): string {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : 'none';
}

/** What stands in the database, read when somebody looks. Processes that share one database all say the same. */
function queueGauges(registry: Registry, { readQueue, clock }: Needs): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `pennypost_${name}`, help, labelNames, registers: [registry] });
  const waiting = gauge('outbox_mails', 'Mails in the outbox', ['kind', 'stands']);
  const age = gauge('outbox_oldest_due_seconds', 'How late the oldest mail is that is due', ['kind']);
  const deliveries = gauge('deliveries_of_7_days', 'Deliveries that came to a state in the last 7 days', ['state']);
  const bounces = gauge('bounce_ratio_of_7_days', 'Share of the deliveries of the last 7 days that came back');
  const up = gauge('database_up', 'Whether the database answers; where it does not, what stands in it is not told');

  return async () => {
    for (const one of [waiting, age, deliveries, bounces]) one.reset();
    const reading = await readQueue().catch(() => null); // told by the 0
    up.set(reading ? 1 : 0);
    if (!reading) return;
    for (const { kind, stands, total, oldestDueAt } of reading.waiting) {
      waiting.set({ kind, stands }, total);
      if (stands === 'due') age.set({ kind }, (clock().getTime() - oldestDueAt.getTime()) / 1000);
    }
    for (const [state, total] of reading.deliveries) deliveries.set({ state }, total);
    bounces.set(rateOf(bouncesIn(reading.deliveries)));
  };
}
