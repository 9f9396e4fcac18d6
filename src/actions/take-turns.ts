import { domainOf } from '../domain/mail-domain.ts';
import { domainGap, mailboxGap, type Pace } from '../domain/pace.ts';
import { nextWithin } from '../domain/sending-hours.ts';
import { withoutDiskWait, type Database } from '../store/database.ts';
import { gathered } from '../store/gathered.ts';
import type { OutboxItem } from '../store/outbox.ts';
import { takeTurns } from '../store/paces.ts';

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

interface Asking {
  readonly address: string;
  readonly paced: OutboxItem['paced'];
}

/** Until when each waits; whoever goes now is not among them. */
type Waits = ReadonlyMap<Asking, Date>;

/**
 * Keeps letters from crowding those who get them: so many an hour to one mailbox, so many a minute and at once to one domain, and only in the
 * hours that the operator has set. A letter takes its turn once and is not looked at until it has come, so that a long queue costs nothing.
 * Letters that ask at about the same moment are answered together, in the order in which they asked.
 */
export function turnKeeper({ db, pace, chance, clock }: Needs): TurnKeeper {
  const places = placesAtDomains(pace.connections);
  const key = (kind: string, value: string) => db.sealer.blinds('pace', `${kind}:${value}`);

  const answerAll = async (db: Database, asking: readonly Asking[]): Promise<readonly Turn[]> => {
    const now = clock();
    const within = pace.hours ? nextWithin(pace.hours, now) : now;
    if (within > now) return asking.map(({ paced }) => ({ until: within, turnOf: paced }));

    const forMailbox = await waitForMailbox(db, asking, now);
    const going = asking.filter((one) => !forMailbox.has(one));
    const forDomain = await waitForDomain(db, going, now);
    return asking.map((one): Turn => {
      const mailboxAt = forMailbox.get(one);
      if (mailboxAt) return { until: mailboxAt, turnOf: 'mailbox' };
      const domainAt = forDomain.get(one);
      if (domainAt) return { until: domainAt, turnOf: 'domain' };
      return { done: () => places.leave(domainOf(one.address)) };
    });
  };

  const waitForMailbox = async (db: Database, asking: readonly Asking[], now: Date): Promise<Waits> => {
    const unpaced = asking.filter(({ paced }) => paced === null);
    const wanted = unpaced.map(({ address }) => {
      return { key: key('mailbox', address.toLowerCase()), gapMs: mailboxGap(pace, chance()) };
    });
    return whoWait(unpaced, await takeTurns(db, wanted, now), now);
  };

  /** Whoever does not have to wait has taken a place. */
  const waitForDomain = async (db: Database, asking: readonly Asking[], now: Date): Promise<Waits> => {
    const placed = new Set(asking.filter(({ address }) => places.take(domainOf(address))));
    const leave = (one: Asking) => placed.has(one) && places.leave(domainOf(one.address));
    const wanting = asking.filter((one) => one.paced !== 'domain' || !placed.has(one));
    const gapMs = domainGap(pace);
    const wanted = wanting.map(({ address }) => ({ key: key('domain', domainOf(address)), gapMs }));
    const turns = await takeTurns(db, wanted, now).catch((cause: unknown) => {
      asking.forEach(leave);
      throw cause;
    });
    const waits = whoWait(wanting, turns, now);
    for (const one of waits.keys()) leave(one);
    const crowded = wanting.filter((one) => !placed.has(one) && !waits.has(one));
    return new Map([...waits, ...crowded.map((one) => [one, new Date(now.getTime() + gapMs)] as const)]);
  };

  // A turn that is forgotten as the power goes is one letter sooner than it had to be.
  const take = gathered((asking: readonly Asking[]) => withoutDiskWait(db, (db) => answerAll(db, asking)));
  return { take: (address, { paced }) => take({ address, paced }) };
}

function whoWait(asking: readonly Asking[], turns: readonly Date[], now: Date): Waits {
  const waits = new Map<Asking, Date>();
  asking.forEach((one, at) => {
    const turn = turns[at];
    if (turn && turn > now) waits.set(one, turn);
  });
  return waits;
}

/** Who is being handed over to which domain: at most so many at once to each. */
function placesAtDomains(most: number) {
  const taken = new Map<string, number>();
  return {
    /** False: there is none free. */
    take: (domain: string): boolean => {
      const count = taken.get(domain) ?? 0;
      if (count >= most) return false;
      taken.set(domain, count + 1);
      return true;
    },
    leave: (domain: string): void => {
      const left = (taken.get(domain) ?? 1) - 1;
      if (left > 0) taken.set(domain, left);
      else taken.delete(domain);
    },
  };
}
