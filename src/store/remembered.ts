import type { Database } from './database.ts';

/** What was last remembered under a key, and when. It comes from JSON: whoever asks reads it with a shape. */
export async function recall(db: Database, key: string): Promise<{ answer: unknown; at: Date } | undefined> {
  const row = await db.sql.selectFrom('remembered').select(['answer', 'at']).where('key', '=', key).executeTakeFirst();
  return row && { answer: JSON.parse(row.answer) as unknown, at: new Date(row.at) };
}

/** Remembers an answer, kept as JSON, in place of any older one. */
export async function remember(db: Database, key: string, answer: unknown, now: Date): Promise<void> {
  const kept = { answer: JSON.stringify(answer), at: now.getTime() };
  await db.sql
    .insertInto('remembered')
    .values({ key, ...kept })
    .onConflict((clash) => clash.column('key').doUpdateSet(kept))
    .execute();
}

/** Forgets what was remembered before then. Gives how much. */
export async function forgetBefore(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db.sql
    .deleteFrom('remembered')
    .where('at', '<', before.getTime())
    .executeTakeFirst();
  return Number(numDeletedRows);
}
