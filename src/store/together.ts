import { inTransaction, type Database } from './database.ts';

/** Does work in a transaction, perhaps with that of others: it either happens as a whole or throws. It may be done twice, so it changes nothing but the database. */
export type Together = (work: (tx: Database) => Promise<void>) => Promise<void>;

interface Waiting {
  readonly work: (tx: Database) => Promise<void>;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Nobody waits longer for others to come. */
const GATHERS_MS = 2;

/** So many are worth a wait for the disk. */
const ENOUGH = 4;

/**
 * Pieces of work that come up at about the same time share one transaction, and so one wait for the disk. Where one of them fails each is done
 * again by itself. PostgreSQL has its own way of letting commits share the disk.
 */
export function together(db: Database): Together {
  if (db.engine === 'postgres') return (work) => inTransaction(db, work);
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  const commit = async () => {
    clearTimeout(timer);
    const taken = waiting;
    waiting = [];
    try {
      await inTransaction(db, async (tx) => {
        for (const { work } of taken) await work(tx);
      });
    } catch {
      return void (await Promise.all(taken.map((one) => alone(db, one)))); // whoever is at fault hears of it there
    }
    for (const { done } of taken) done();
  };
  return (work) =>
    new Promise((done, failed) => {
      waiting.push({ work, done, failed });
      if (waiting.length === 1) timer = setTimeout(() => void commit(), GATHERS_MS);
      if (waiting.length >= ENOUGH) void commit();
    });
}

async function alone(db: Database, { work, done, failed }: Waiting): Promise<void> {
  try {
    await inTransaction(db, work);
    done();
  } catch (cause) {
    failed(cause);
  }
}
