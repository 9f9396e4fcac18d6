import { inTransaction, type Database } from '../store/database.ts';
import { renewBlindIndexes } from '../store/renew-blind-indexes.ts';
import { resealSome, SEALED_COLUMNS, type SealedColumn } from '../store/sealed-columns.ts';

interface Needs {
  readonly db: Database;
  /** Waited for after each small transaction, so that a running server gets its turn. */
  readonly breathe: () => Promise<unknown>;
  /** Told after each of them how many values of a column have been sealed anew so far. */
  readonly progress: (column: SealedColumn, total: number) => void;
}

/**
 * Seals everything anew under today's key that is under one of those before it, and makes its blind indexes anew, a hundred values at a time.
 * Stopped anywhere it has lost nothing, and goes on when it is asked again. Gives how many values.
 */
export async function rotateKeys({ db, breathe, progress }: Needs): Promise<number> {
  let all = 0;
  for (const column of SEALED_COLUMNS) {
    let total = 0;
    for (let ids = await some(db, column, ''); ids.length > 0; ids = await some(db, column, ids.at(-1) ?? '')) {
      total += ids.length;
      progress(column, total);
      await breathe();
    }
    all += total;
  }
  return all;
}

function some(db: Database, column: SealedColumn, after: string): Promise<readonly string[]> {
  return inTransaction(db, async (tx) => {
    const ids = await resealSome(tx, column, after);
    if (column.table === 'letters') for (const id of ids) await renewBlindIndexes(tx, id);
    return ids;
  });
}
