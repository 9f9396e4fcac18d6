import { lookup as lookUpName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { Council } from '../domain/council.ts';
import type { ListAnswer, ListFailure, Validators } from '../domain/councillor-list.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { sharersOf } from '../domain/shared-list.ts';
import { siteOf } from '../domain/site.ts';
import { fetchList } from './moderngov-fetch.ts';
import { readList } from './moderngov-list.ts';
import { guardedConnector, isPublicAddress } from './public-address.ts';

export interface ModernGov {
  /** Everybody who sits on a council, as it says itself: one request and its redirects, ended early by `stop`. `unchanged` comes only where validators were given. */
  councillorsOf(
    council: Council,
    validators: Validators | null,
    stop?: AbortSignal,
  ): Promise<Result<ListAnswer, ListFailure>>;
  close(): Promise<void>;
}

interface Settings {
  /** One server for all councils, each under its official code; null: each council's own. */
  readonly base: URL | null;
  /** The register: who shares an installation with whom. */
  readonly councils: readonly Council[];
  readonly timeoutMs?: number;
  readonly largestBytes?: number;
  /** Before a council's redirect is followed, so that it is asked once a second at most. */
  readonly pauseMs?: number;
  readonly lookup?: LookupFunction;
  /** Besides the loopback that `base` names. */
  readonly mayConnect?: (address: string) => boolean;
}

const METHOD = 'mgWebService.asmx/GetCouncillorsByWard';

/** Opens the way to councils' own ModernGov; whoever opens it closes it. Nothing is tried twice: whoever asks has their own patience. */
export function openModernGov({
  base,
  councils,
  timeoutMs = 10_000,
  largestBytes = 5 * 1024 * 1024,
  pauseMs = 1_000,
  lookup = lookUpName,
  mayConnect = isPublicAddress,
}: Settings): ModernGov {
  const rehearsal = base && isLoopback(base.hostname) ? base.hostname.replace(/^\[|\]$/g, '') : null;
  const agent = new Agent({
    pipelining: 0, // a council is asked once a day: nothing to keep a connection for
    connect: guardedConnector({
      timeoutMs,
      lookup,
      mayConnect: (address, host) => mayConnect(address) || (host === rehearsal && isLoopback(address)),
    }),
  });
  return {
    async councillorsOf(council, validators, stop) {
      const url = addressOf(base, council);
      if (!url) return err('no-moderngov');
      const sites = [url, ...(base || council.website === null ? [] : [new URL(council.website)])].map(({ hostname }) =>
        siteOf(hostname),
      );
      const answer = await fetchList(agent, { url, validators, sites, timeoutMs, largestBytes, pauseMs, stop });
      if (!answer.ok || answer.value.kind === 'unchanged') return answer as Result<ListAnswer, ListFailure>;

      const list = readList(answer.value.text, council, sharersOf(council, councils));
      return list.ok ? ok({ kind: 'list', list: list.value, validators: answer.value.validators }) : list;
    },
    close: () => agent.close(),
  };
}

/** Always over TLS, also where an old address says "http:": whoever could change a list on its way would get the letters. */
function addressOf(base: URL | null, council: Council): URL | null {
  if (base) return new URL(`${base.href.replace(/\/$/, '')}/${council.code}/${METHOD}`);
  if (council.moderngov === null) return null;
  const url = new URL(`${council.moderngov}/${METHOD}`);
  url.protocol = 'https:';
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
