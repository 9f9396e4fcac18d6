import { sql, type QueryExecutorProvider } from 'kysely';

/** The life of a delivery: the log of every letter, pacing and pausing, and whether they replied. */
export async function delivery(db: QueryExecutorProvider): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table letter_log (
    letter_id text not null references letters (id),
    step integer not null,
    delivery_id text not null,
    at bigint not null,
    state text not null,
    why text
  )`,
  `create index letter_log_by_letter on letter_log (letter_id, step)`,
  `create table paces (key text primary key, free_at bigint not null)`,
  `create index paces_by_time on paces (free_at)`,
  `create table pauses (scope text primary key, since bigint not null)`,
  `alter table outbox add column tried_at bigint`,
  `alter table outbox add column paced text`,
  `drop index outbox_due`,
  `create index outbox_due on outbox (due_at, id) where settled_at is null`,
  `alter table deliveries add column reply text`,
  `alter table deliveries add column replied_at bigint`,
  `create index deliveries_by_letter on deliveries (letter_id)`,
  `create index deliveries_handed_over on deliveries (moved_at) where state = 'handed over'`,
  `create index deliveries_held on deliveries (moved_at) where state = 'held'`,
  `alter table letters add column text_gone integer not null default 0`,
];
