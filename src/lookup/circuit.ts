/**
 * What a circuit lets a caller do: ask with the usual patience, ask once to see whether the upstream is back, or not ask at all.
 */
export type Passage = 'closed' | 'probe' | 'open';

export interface Circuit {
  /** Answering "probe" holds everybody else off until the probe is reported, or its turn runs out. */
  passage(): Passage;
  /** Whoever was let through says whether the upstream gave any answer at all. */
  report(answered: boolean): void;
}

export interface CircuitLimits {
  /** So many failures in a row open it. */
  readonly opensAfter: number;
  /** How long it stays open before one probe may go; must outlast one attempt, or two probes may be on their way. */
  readonly restMs: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/** Spares an upstream that keeps failing, and our supporters the wait for it. */
export function openCircuit({ opensAfter, restMs, now }: CircuitLimits): Circuit {
  let failures = 0;
  let nextProbeAt = 0;
  return {
    passage() {
      if (failures < opensAfter) return 'closed';
      if (now() < nextProbeAt) return 'open';
      nextProbeAt = now() + restMs;
      return 'probe';
    },
    report(answered) {
      failures = answered ? 0 : failures + 1;
      if (failures >= opensAfter) nextProbeAt = now() + restMs;
    },
  };
}
