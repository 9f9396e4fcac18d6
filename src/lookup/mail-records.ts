import { Resolver } from 'node:dns/promises';
import type { DnsAnswer, DnsFailure } from '../domain/dns-answer.ts';
import type { MailServer } from '../domain/mx-findings.ts';
import { err, ok } from '../domain/result.ts';

/** What mail needs to know of the DNS. */
export interface MailDns {
  /** Each record joined from its strings. */
  texts(name: string): Promise<DnsAnswer<readonly string[]>>;
  mailServers(domain: string): Promise<DnsAnswer<readonly MailServer[]>>;
  /** Whether a name has an internet address of version 4 or 6. */
  hasAddress(name: string): Promise<DnsAnswer<boolean>>;
}

interface Needs {
  /** "192.0.2.1" or "127.0.0.1:5353"; null: the machine's own. Throws `TypeError` where it is no such address. */
  readonly server: string | null;
  /** Milliseconds for the first of two questions; the second waits longer. */
  readonly timeout?: number;
}

/** Asks a DNS server, past every cache of this machine's own. */
export function mailRecords({ server, timeout = 3_000 }: Needs): MailDns {
  const resolver = new Resolver({ timeout, tries: 2 });
  if (server !== null) resolver.setServers([server]);
  return {
    texts: (name) => answerOf(async () => (await resolver.resolveTxt(name)).map((strings) => strings.join(''))),
    mailServers: (domain) =>
      answerOf(async () =>
        (await resolver.resolveMx(domain))
          .map(({ exchange, priority }) => ({ host: exchange, preference: priority }))
          .sort((a, b) => a.preference - b.preference),
      ),
    hasAddress: async (name) => {
      const four = await answerOf(() => resolver.resolve4(name));
      const answer = four.ok ? four : await answerOf(() => resolver.resolve6(name));
      // Half an answer is none: what did not come for version 4 may still be there.
      if (!answer.ok && !four.ok) return err(worse(four.error, answer.error));
      return ok(true);
    },
  };
}

const FAILURES: Readonly<Record<string, DnsFailure>> = {
  ENOTFOUND: 'no-such-name',
  ENODATA: 'no-record',
  EBADNAME: 'no-such-name',
  ESERVFAIL: 'server-failed',
  EREFUSED: 'server-failed',
  EFORMERR: 'server-failed',
  ENOTIMP: 'server-failed',
  EBADRESP: 'server-failed',
  ETIMEOUT: 'timed-out',
  ECONNREFUSED: 'timed-out',
};

async function answerOf<T>(ask: () => Promise<T>): Promise<DnsAnswer<T>> {
  try {
    return ok(await ask());
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const failure = FAILURES[code];
    if (failure === undefined) throw cause;
    return err(failure);
  }
}

const WORST_LAST: readonly DnsFailure[] = ['no-such-name', 'no-record', 'server-failed', 'timed-out'];

function worse(one: DnsFailure, other: DnsFailure): DnsFailure {
  return WORST_LAST.indexOf(one) > WORST_LAST.indexOf(other) ? one : other;
}
