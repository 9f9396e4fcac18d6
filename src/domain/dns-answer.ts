import type { Result } from './result.ts';

/** Why a name gave no record. Only the first two are facts; after the others nobody knows whether there is one. */
export type DnsFailure =
  /** NXDOMAIN: there is no such name. */
  | 'no-such-name'
  /** There is the name, but nothing of this kind. */
  | 'no-record'
  /** SERVFAIL, REFUSED or an answer nobody can read: the domain's own servers are broken, or its DNSSEC is. */
  | 'server-failed'
  /** Nobody answered. */
  | 'timed-out';

export type DnsAnswer<T> = Result<T, DnsFailure>;

export type DnsNothing = 'no-such-name' | 'no-record';

/** Whether it is certain that there is nothing. */
export function isNothing(failure: string): failure is DnsNothing {
  return failure === 'no-such-name' || failure === 'no-record';
}
