import { sql, type QueryExecutorProvider } from 'kysely';

/** What is counted over the last days, all the time, is not looked for among all there ever was. */
export async function countsByTime(db: QueryExecutorProvider): Promise<void> {
  await sql.raw('create index deliveries_by_time on deliveries (moved_at, state)').execute(db);
  await sql.raw('create index returned_mails_by_time on returned_mails (at, kind)').execute(db);
}
