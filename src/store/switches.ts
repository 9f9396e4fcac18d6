import type { SwitchName } from '../domain/switches.ts';
import type { Database } from './database.ts';

/** A switch that is on, and since when. */
export interface SwitchOn {
  readonly name: SwitchName;
  readonly onSince: Date;
}

/** The switches that are on, by name. */
export async function switchesOn(db: Database): Promise<readonly SwitchOn[]> {
  const rows = await db.sql.selectFrom('switches').selectAll().orderBy('name').execute();
  return rows.map(({ name, onSince }) => ({ name, onSince: new Date(onSince) }));
}

/** One that is on already keeps its time. */
export async function switchOn(db: Database, name: SwitchName, now: Date): Promise<void> {
  await db.sql
    .insertInto('switches')
    .values({ name, onSince: now.getTime() })
    .onConflict((clash) => clash.column('name').doNothing())
    .execute();
}

export async function switchOff(db: Database, name: SwitchName): Promise<void> {
  await db.sql.deleteFrom('switches').where('name', '=', name).execute();
}
