import { sql, type QueryExecutorProvider } from 'kysely';

/** The tables of the first journey: from a letter handed over to its deliveries. The same statements serve SQLite and PostgreSQL. */
export async function firstLetter(db: QueryExecutorProvider): Promise<void> {
  for (const statement of [...TABLES, ...INDEXES]) await sql.raw(statement).execute(db);
}

const TABLES = [
  `create table campaigns (
    id text primary key,
    created_at bigint not null
  )`,
  `create table letters (
    id text primary key,
    campaign_id text not null references campaigns (id),
    state text not null,
    written_at bigint not null,
    moved_at bigint not null,
    person text,
    fingerprint text unique,
    own_words integer not null,
    template_id text not null,
    wants_news integer not null,
    sealed text
  )`,
  `create table deliveries (
    id text primary key,
    letter_id text not null references letters (id),
    addressee_id text not null,
    area_code text not null,
    state text not null,
    moved_at bigint not null,
    reason text,
    unique (letter_id, addressee_id)
  )`,
  `create table written (
    campaign_id text not null references campaigns (id),
    person text not null,
    addressee_id text not null,
    at bigint not null,
    primary key (campaign_id, person, addressee_id)
  )`,
  `create table outbox (
    id text primary key,
    kind text not null,
    letter_id text not null references letters (id),
    delivery_id text not null,
    due_at bigint not null,
    claimed_until bigint,
    attempts integer not null,
    settled_at bigint,
    outcome text,
    unique (kind, letter_id, delivery_id)
  )`,
  `create table counts (
    campaign_id text not null references campaigns (id),
    day text not null,
    area_code text not null,
    route text not null,
    total integer not null,
    primary key (campaign_id, day, area_code, route)
  )`,
  `create table remembered (key text primary key, answer text not null, at bigint not null)`,
  `create table contacts (
    addressee_id text primary key,
    email text not null,
    source text not null,
    checked_on text not null
  )`,
  `create table mailbox (id text primary key, at bigint not null, sealed text not null)`,
];

const INDEXES = [
  `create index letters_by_person on letters (person, written_at)`,
  `create index letters_unconfirmed on letters (written_at) where state = 'awaiting confirmation'`,
  `create index letters_unscrubbed on letters (moved_at) where sealed is not null`,
  `create index outbox_due on outbox (due_at) where settled_at is null`,
  `create index written_by_time on written (at)`,
  `create index remembered_by_time on remembered (at)`,
  `create index mailbox_by_time on mailbox (at)`,
];
