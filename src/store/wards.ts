import type { Area } from '../domain/nation.ts';
import type { Database } from './database.ts';

export type WardKind = 'ward' | 'division';

/** A ward or a county's division that somebody's postcode lies in. */
export interface SeenWard extends Area {
  readonly councilCode: string;
  readonly kind: WardKind;
}

/** Keeps that somebody asked for a place there, with the name that it has today. */
export async function noteWard(db: Database, { code, name, councilCode, kind }: SeenWard, now: Date): Promise<void> {
  const seen = { name, councilCode, kind, seenAt: now.getTime() };
  await db.sql
    .insertInto('wards')
    .values({ code, ...seen })
    .onConflict((clash) => clash.column('code').doUpdateSet(seen))
    .execute();
}

/** Every ward that was ever seen, or those of one council, by their names. */
export async function seenWards(db: Database, councilCode?: string): Promise<readonly SeenWard[]> {
  return db.sql
    .selectFrom('wards')
    .select(['code', 'name', 'councilCode', 'kind'])
    .$if(councilCode !== undefined, (query) => query.where('councilCode', '=', councilCode ?? ''))
    .orderBy('councilCode')
    .orderBy('name')
    .orderBy('code')
    .execute();
}
