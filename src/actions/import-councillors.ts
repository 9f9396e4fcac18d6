import type { FileList } from '../records/councillors-file.ts';
import { knownListOf } from '../store/councillor-lists.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { judge, takeCouncillors, type Taken } from './take-councillors.ts';

/** What became, or would become, of one council's rows. */
export interface Imported {
  readonly councilCode: string;
  readonly taken: Taken;
  /** How many councillors there were; null: no list. */
  readonly before: number | null;
  /** How many the file has. */
  readonly told: number;
  readonly asOf: Date | null;
  readonly lines: readonly number[];
}

/** Takes in a file's lists, or only says what would become of them (`dryRun`). What we have stays where it is newer, and where the file's is doubtful. */
export function importCouncillors(
  db: Database,
  lists: readonly FileList[],
  { dryRun }: { readonly dryRun: boolean },
  now: Date,
): Promise<readonly Imported[]> {
  return inTransaction(db, async (tx) => {
    const imported: Imported[] = [];
    for (const { found, lines } of lists) {
      const { councilCode, councillors } = found.list;
      const known = await knownListOf(tx, councilCode);
      const taken = await (dryRun ? judge(tx, found) : takeCouncillors(tx, found, now));
      const before = known?.councillors.length ?? null;
      imported.push({ councilCode, taken, before, told: councillors.length, asOf: known?.asOf ?? null, lines });
    }
    return imported;
  });
}
