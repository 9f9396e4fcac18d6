import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Takes what was deleted out of SQLite's write-ahead log as well, where it would stay until it is overwritten. False: somebody reads the
 * database just now, such as a backup, and it is for the next time. PostgreSQL tidies up by itself.
 */
export async function emptyLog(db: Database): Promise<boolean> {
  if (db.engine !== 'sqlite') return true;
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db.sql);
  return rows[0]?.busy === 0;
}
