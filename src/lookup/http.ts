import { setTimeout as wait } from 'node:timers/promises';
import { Agent } from 'undici';
import type { z } from 'zod';
import { err, type Result } from '../domain/result.ts';
import { askOnce } from './attempt.ts';
import { openCircuit, type Circuit } from './circuit.ts';
import type { LookupFailure } from './failure.ts';

export interface Http {
  /** GETs JSON of a known shape. Only `unavailable` is tried again; redirects are not followed. */
  getJson<T>(url: URL, shape: z.ZodType<T>): Promise<Result<T, LookupFailure>>;
  /** Waits for requests in hand, then closes every connection. */
  close(): Promise<void>;
}

export interface Patience {
  readonly attempts: number;
  /** For one attempt, from asking to the last byte of the answer. */
  readonly timeoutMs: number;
  /** For all attempts together: whoever waits is offered another way after so long. */
  readonly wholeMs: number;
  /** Before the second attempt at most so long, doubled before each further one. */
  readonly pauseMs: number;
  /** Connections to one origin; whoever comes when all are busy waits, within the timeout. */
  readonly connections: number;
  readonly largestBytes: number;
  /** Look-ups that failed in a row (attempts exhausted) before an origin is left alone. */
  readonly opensAfter: number;
  readonly restMs: number;
  /** A stopwatch in milliseconds, not the time of day. */
  readonly now: () => number;
  /** From 0 up to 1: spreads the pauses, so that many callers do not come back together. */
  readonly chance: () => number;
}

const PATIENT: Patience = {
  attempts: 3,
  timeoutMs: 3_000,
  wholeMs: 4_000,
  pauseMs: 200,
  connections: 32,
  largestBytes: 2 * 1024 * 1024,
  opensAfter: 5,
  restMs: 10_000,
  now: () => performance.now(),
  chance: Math.random,
};

/** Opens a pool of connections; whoever opens it closes it. What `patience` leaves out is as usual. */
export function openHttp(patience: Partial<Patience> = {}): Http {
  const limits = { ...PATIENT, ...patience };
  const agent = new Agent({
    allowH2: false, // the limits below are tested on HTTP/1.1
    connections: limits.connections,
    connect: { timeout: limits.timeoutMs },
    maxResponseSize: limits.largestBytes,
  });
  const circuits = new Map<string, Circuit>();
  return {
    async getJson(url, shape) {
      const circuit = circuitFor(url.origin, circuits, limits);
      const passage = circuit.passage();
      if (passage === 'open') return err({ kind: 'unavailable', detail: 'left alone after repeated failures' });

      const attempts = passage === 'probe' ? 1 : limits.attempts;
      const answer = await askPatiently((ms) => askOnce(agent, url, shape, ms), { ...limits, attempts });
      circuit.report(answer.ok || answer.error.kind !== 'unavailable');
      return answer;
    },
    close: () => agent.close(),
  };
}

function circuitFor(origin: string, circuits: Map<string, Circuit>, limits: Patience): Circuit {
  const circuit = circuits.get(origin) ?? openCircuit(limits);
  circuits.set(origin, circuit);
  return circuit;
}

/** A slow attempt leaves less time for the next; what is left must be worth an attempt. */
async function askPatiently<T>(
  ask: (timeoutMs: number) => Promise<Result<T, LookupFailure>>,
  { attempts, timeoutMs, wholeMs, pauseMs, chance, now }: Patience,
): Promise<Result<T, LookupFailure>> {
  const until = now() + wholeMs;
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(Math.max(1, Math.min(timeoutMs, Math.ceil(until - now()))));
    const pause = pauseMs * 2 ** (attempt - 1) * (0.5 + chance() / 2);
    const worthRetrying = !answer.ok && answer.error.kind === 'unavailable';
    if (!worthRetrying || attempt >= attempts || now() + pause >= until) return answer;
    await wait(pause);
  }
}
