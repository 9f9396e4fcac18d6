import { sql, type QueryExecutorProvider } from 'kysely';

/** Turns are written with every letter, and looked for by their time once an hour. */
export async function turnsWithoutTimes(db: QueryExecutorProvider): Promise<void> {
  await sql.raw('drop index paces_by_time').execute(db);
}
