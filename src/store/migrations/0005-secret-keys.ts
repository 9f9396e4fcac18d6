import { sql, type QueryExecutorProvider } from 'kysely';

/** Since when each secret key has been in use, so that it can be said when the one before it is no longer needed. */
export async function secretKeys(db: QueryExecutorProvider): Promise<void> {
  await sql.raw('create table secret_keys (id text primary key, first_used_at bigint not null)').execute(db);
}
