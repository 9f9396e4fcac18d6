import { sql, type QueryExecutorProvider } from 'kysely';

/** What came back for a delivery. Nothing in it names a person: what a mail server said stands sealed in the delivery. */
export async function returns(db: QueryExecutorProvider): Promise<void> {
  await sql
    .raw(
      `create table returned_mails (
        delivery_id text not null references deliveries (id),
        once text not null,
        kind text not null,
        reason text,
        at bigint not null,
        primary key (delivery_id, once)
      )`,
    )
    .execute(db);
}
