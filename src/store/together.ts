import { inTransaction, type Database } from './database.ts';

/** Writes something in a transaction, perhaps with what others write: it either happens as a whole or throws. */
export type Together<Piece> = (piece: Piece) => Promise<void>;

interface Waiting<Piece> {
  readonly piece: Piece;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Nobody waits longer for others to come. */
const GATHERS_MS = 5;

/** So many are worth a wait for the disk. */
const ENOUGH = 8;

/**
 * Pieces that come up at about the same time share one transaction, its statements and its wait for the disk. Where that fails each is written
 * again by itself, so `write` may be called twice for one piece, and changes nothing but the database.
 */
export function together<Piece>(
  db: Database,
  write: (tx: Database, pieces: readonly Piece[]) => Promise<void>,
): Together<Piece> {
  let waiting: Waiting<Piece>[] = [];
  let timer: NodeJS.Timeout | undefined;

  const writeThem = (them: readonly Waiting<Piece>[]) =>
    inTransaction(db, (tx) =>
      write(
        tx,
        them.map(({ piece }) => piece),
      ),
    );
  const writeAlone = (one: Waiting<Piece>) => writeThem([one]).then(one.done, one.failed);
  const writeAll = async () => {
    clearTimeout(timer);
    const taken = waiting;
    waiting = [];
    try {
      await writeThem(taken);
    } catch {
      return void (await Promise.all(taken.map(writeAlone))); // whoever is at fault hears of it there
    }
    for (const { done } of taken) done();
  };
  return (piece) =>
    new Promise((done, failed) => {
      waiting.push({ piece, done, failed });
      if (waiting.length === 1) timer = setTimeout(() => void writeAll(), GATHERS_MS);
      if (waiting.length >= ENOUGH) void writeAll();
    });
}
