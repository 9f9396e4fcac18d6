import type { ListProblem } from '../domain/councillor-list-doubt.ts';
import type { Validators } from '../domain/councillor-list.ts';
import type { ListSource } from '../domain/councillor.ts';
import type { FoundList } from '../domain/found-list.ts';
import type { KnownList } from '../domain/known-list.ts';
import { councillorsOf, replaceCouncillors } from './councillors.ts';
import type { Database } from './database.ts';
import type { CouncillorListRow } from './schema.ts';
import { timeIn } from './times.ts';

/** What is known of a council's list besides the people on it. */
export interface ListState {
  readonly councilCode: string;
  /** Null until there is a list that we believe. */
  readonly source: ListSource | null;
  readonly fetchedAt: Date | null;
  readonly vacantSeats: readonly string[];
  /** When the council was last asked; null for one that never was. */
  readonly triedAt: Date | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly problem: ListProblem | null;
  readonly validators: Validators | null;
  /** Waits for a person. */
  readonly held: FoundList | null;
  readonly heldAt: Date | null;
}

/** Has these councils asked, from now on, where they are not yet. */
export async function expectLists(db: Database, councilCodes: readonly string[], now: Date): Promise<void> {
  const rows = councilCodes.map((councilCode) => newRow(councilCode, now));
  if (rows.length === 0) return;
  await db.sql
    .insertInto('councillorLists')
    .values(rows)
    .onConflict((clash) => clash.doNothing())
    .execute();
}

/** The council says that its list is still the one we have from it; a list that a file has put there meanwhile is not meant. */
export async function noteUnchanged(db: Database, councilCode: string, at: Date): Promise<void> {
  await db.sql
    .updateTable('councillorLists')
    .set({ fetchedAt: at.getTime(), held: null, heldAt: null })
    .where('councilCode', '=', councilCode)
    .where('validators', 'is not', null)
    .execute();
}

/** Puts a list in place of the one before, people and all. False: a newer one is there, and stays. Belongs into a transaction. */
export async function keepList(db: Database, found: FoundList): Promise<boolean> {
  const { councilCode } = found.list;
  await expectLists(db, [councilCode], found.at);
  const { numUpdatedRows } = await db.sql
    .updateTable('councillorLists')
    .set((row) => ({
      source: found.source,
      fetchedAt: found.at.getTime(),
      vacantSeats: JSON.stringify(found.list.vacantSeats),
      validators: found.validators && JSON.stringify(found.validators),
      held: null,
      heldAt: null,
      discarded: null,
      // That the council itself does not answer stays true.
      problem: row.case().when('failures', '=', 0).then(null).else(row.ref('problem')).end(),
    }))
    .where('councilCode', '=', councilCode)
    .where((is) => is.or([is('fetchedAt', 'is', null), is('fetchedAt', '<=', found.at.getTime())]))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await replaceCouncillors(db, found);
  return true;
}

/** Keeps a list aside until a person has looked at it. */
export async function holdList(db: Database, found: FoundList, now: Date): Promise<void> {
  await expectLists(db, [found.list.councilCode], found.at);
  await changeList(db, found.list.councilCode, { held: JSON.stringify(found), heldAt: now.getTime() });
}

/** A person does not believe the list that is held. */
export async function discardHeld(db: Database, { list }: FoundList): Promise<void> {
  await changeList(db, list.councilCode, {
    held: null,
    heldAt: null,
    discarded: JSON.stringify(list),
    problem: 'discarded',
  });
}

/** Whether it says word for word what a person has looked at and not believed. */
export async function wasDiscarded(db: Database, { list }: FoundList): Promise<boolean> {
  const row = await db.sql
    .selectFrom('councillorLists')
    .select('discarded')
    .where('councilCode', '=', list.councilCode)
    .executeTakeFirst();
  return row?.discarded === JSON.stringify(list);
}

export async function listStateOf(db: Database, councilCode: string): Promise<ListState | undefined> {
  const row = await db.sql
    .selectFrom('councillorLists')
    .selectAll()
    .where('councilCode', '=', councilCode)
    .executeTakeFirst();
  return row && stateOf(row);
}

/** Of every council that is asked, or that somebody told us of. */
export async function listStates(db: Database): Promise<readonly ListState[]> {
  return (await db.sql.selectFrom('councillorLists').selectAll().orderBy('councilCode').execute()).map(stateOf);
}

/** The last list of a council that we believed; null: there is none. */
export async function knownListOf(db: Database, councilCode: string): Promise<KnownList | null> {
  const state = await listStateOf(db, councilCode);
  if (!state?.source || !state.fetchedAt) return null;
  const { source, fetchedAt: asOf, vacantSeats } = state;
  return { councilCode, source, asOf, vacantSeats, councillors: await councillorsOf(db, councilCode) };
}

/** Changes what is known of a list. */
export async function changeList(db: Database, councilCode: string, change: Partial<CouncillorListRow>): Promise<void> {
  await db.sql.updateTable('councillorLists').set(change).where('councilCode', '=', councilCode).execute();
}

function newRow(councilCode: string, now: Date) {
  return { councilCode, vacantSeats: '[]', nextTryAt: now.getTime(), failures: 0 };
}

/** How a row says what is known of a list. */
export function stateOf(row: CouncillorListRow): ListState {
  const { councilCode, source, failures, problem } = row;
  return {
    councilCode,
    source,
    failures,
    problem,
    fetchedAt: timeIn(row.fetchedAt),
    triedAt: timeIn(row.triedAt),
    failingSince: timeIn(row.failingSince),
    heldAt: timeIn(row.heldAt),
    vacantSeats: JSON.parse(row.vacantSeats) as string[],
    validators: row.validators === null ? null : (JSON.parse(row.validators) as Validators),
    held: row.held === null ? null : foundIn(row.held),
  };
}

function foundIn(json: string): FoundList {
  const found = JSON.parse(json) as Omit<FoundList, 'at'> & { at: string };
  return { ...found, at: new Date(found.at) };
}
