import { domainOf } from '../domain/mail-domain.ts';
import { domainGap, mailboxGap, type Pace } from '../domain/pace.ts';
import { nextWithin } from '../domain/sending-hours.ts';
import { inPassing, type Database } from '../store/database.ts';
import type { OutboxItem } from '../store/outbox.ts';
import { takeTurn } from '../store/paces.ts';

/** Whose turn a letter has to wait for, and until when; or it goes now, and `done` says that it has gone. */
export type Turn = { readonly until: Date; readonly turnOf: OutboxItem['paced'] } | { readonly done: () => void };

export interface TurnKeeper {
  /** The turn of a letter to this address. */
  take(address: string, item: Pick<OutboxItem, 'paced'>): Promise<Turn>;
}

interface Needs {
  readonly db: Database;
  readonly pace: Pace;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly clock: () => Date;
}

/**
 * Keeps letters from crowding those who get them: so many an hour to one mailbox, so many a minute and at once to one domain, and only in the
 * hours that the operator has set. A letter takes its turn once and is not looked at until it has come, so that a long queue costs nothing.
 */
export function turnKeeper({ db, pace, chance, clock }: Needs): TurnKeeper {
  const open = new Map<string, number>();
  const key = (kind: string, value: string) => db.sealer.blinds('pace', `${kind}:${value}`);

  return {
    take: (address, { paced }) =>
      // A turn that is forgotten as the power goes is one letter sooner than it had to be.
      inPassing(db, async (db): Promise<Turn> => {
        const now = clock();
        const within = pace.hours ? nextWithin(pace.hours, now) : now;
        if (within > now) return { until: within, turnOf: paced };

        if (paced === null) {
          const at = await takeTurn(db, key('mailbox', address.toLowerCase()), mailboxGap(pace, chance()), now);
          if (at > now) return { until: at, turnOf: 'mailbox' };
        }
        const domain = domainOf(address);
        const crowded = (open.get(domain) ?? 0) >= pace.connections;
        if (paced !== 'domain' || crowded) {
          const at = await takeTurn(db, key('domain', domain), domainGap(pace), now);
          if (at > now || crowded) return { until: at > now ? at : later(now, domainGap(pace)), turnOf: 'domain' };
        }
        open.set(domain, (open.get(domain) ?? 0) + 1);
        return { done: () => leave(open, domain) };
      }),
  };
}

function leave(open: Map<string, number>, domain: string): void {
  const left = (open.get(domain) ?? 1) - 1;
  if (left > 0) open.set(domain, left);
  else open.delete(domain);
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
