import { withoutDiskWait, inTransaction, type Database } from './database.ts';

/** Writes something in a transaction, perhaps with what others write: it is on the disk as a whole, or it throws. */
export type Together<Piece> = (piece: Piece) => Promise<void>;

interface Waiting<Piece> {
  readonly piece: Piece;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Nobody waits longer for others to come. */
const GATHERS_MS = 40;

/** So many are written at once: with more of what one process has in hand, the mail server would wait for us. */
const ENOUGH = 24;

/**
 * Pieces that come up at about the same time share one transaction, its statements and its wait for the disk, which keeps nobody else waiting. Where
 * that fails each is written again by itself: `write` changes nothing but the database, and nothing a second time.
 */
export function together<Piece>(
  db: Database,
  write: (tx: Database, pieces: readonly Piece[]) => Promise<void>,
): Together<Piece> {
  let waiting: Waiting<Piece>[] = [];
  let timer: NodeJS.Timeout | undefined;

  const writeThem = async (them: readonly Waiting<Piece>[]) => {
    const pieces = them.map(({ piece }) => piece);
    await withoutDiskWait(db, (db) => inTransaction(db, (tx) => write(tx, pieces)));
    await db.disk.onDisk();
  };
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
