import type { ListProblem } from '../domain/councillor-list-doubt.ts';
import { changeList, stateOf, type ListState } from './councillor-lists.ts';
import type { Database } from './database.ts';

/** How a council's turn to be asked ended. */
export interface Try {
  readonly at: Date;
  readonly nextTryAt: Date;
  readonly problem: ListProblem | null;
  readonly failures: number;
  readonly failingSince: Date | null;
}

/** Must outlast one request with its redirects, or two processes ask one council at once. */
const LEASE_MS = 60_000;

/** Takes the turn of the council, of these, that has been due longest, for a minute. Whoever dies gives it back by doing nothing. */
export async function claimNextList(
  db: Database,
  councilCodes: readonly string[],
  now: Date,
): Promise<ListState | undefined> {
  const due = db.sql
    .selectFrom('councillorLists')
    .select('councilCode')
    .where('councilCode', 'in', [...councilCodes])
    .where('nextTryAt', '<=', now.getTime())
    .orderBy('nextTryAt')
    .orderBy('councilCode')
    .limit(1)
    .$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked());
  const row = await db.sql
    .updateTable('councillorLists')
    .set({ nextTryAt: now.getTime() + LEASE_MS })
    .where('councilCode', '=', due)
    .returningAll()
    .executeTakeFirst();
  return row && stateOf(row);
}

/** Gives a turn back as if it had not been taken. */
export async function giveListBack(db: Database, councilCode: string, now: Date): Promise<void> {
  await changeList(db, councilCode, { nextTryAt: now.getTime() });
}

export async function noteTry(db: Database, councilCode: string, tried: Try): Promise<void> {
  const { problem, failures, failingSince } = tried;
  await changeList(db, councilCode, {
    triedAt: tried.at.getTime(),
    nextTryAt: tried.nextTryAt.getTime(),
    problem,
    failures,
    failingSince: failingSince?.getTime() ?? null,
  });
}
