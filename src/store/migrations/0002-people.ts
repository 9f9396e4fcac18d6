import { sql, type QueryExecutorProvider } from 'kysely';

/** The tables of the people behind a postcode: lists of councillors, their addresses and how those fare, and what organisers must look at. */
export async function people(db: QueryExecutorProvider): Promise<void> {
  await manyAddresses(db);
  for (const statement of [...TABLES, ...INDEXES]) await sql.raw(statement).execute(db);
}

/** One address of an addressee became several. What an operator had looked up stays, first and confirmed by a person. */
async function manyAddresses(db: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<Looked>`select addressee_id, email, source, checked_on from contacts`.execute(db);
  await sql.raw('drop table contacts').execute(db);
  await sql.raw(CONTACTS).execute(db);
  for (const { addresseeId, email, source, checkedOn } of rows) {
    const at = Date.parse(checkedOn);
    await sql`insert into contacts (addressee_id, email, kind, place, source, fetched_at, confirmed_at, hard_bounces)
      values (${addresseeId}, ${email}, 'official', 0, ${source}, ${at}, ${at}, 0)`.execute(db);
  }
}

interface Looked {
  readonly addresseeId: string;
  readonly email: string;
  readonly source: string;
  readonly checkedOn: string;
}

const CONTACTS = `create table contacts (
  addressee_id text not null,
  email text not null,
  kind text not null,
  place integer not null,
  source text not null,
  fetched_at bigint not null,
  confirmed_at bigint,
  delivered_at bigint,
  bounced_at bigint,
  hard_bounces integer not null,
  failing_since bigint,
  primary key (addressee_id, email)
)`;

const TABLES = [
  `create table councillors (
    addressee_id text primary key,
    council_code text not null,
    name text not null,
    party text,
    seat text not null,
    seat_code text,
    place integer not null
  )`,
  `create table councillor_lists (
    council_code text primary key,
    source text,
    fetched_at bigint,
    vacant_seats text not null,
    tried_at bigint,
    next_try_at bigint not null,
    failures integer not null,
    failing_since bigint,
    problem text,
    validators text,
    held text,
    held_at bigint,
    discarded text
  )`,
  `create table wards (
    code text primary key,
    name text not null,
    council_code text not null,
    kind text not null,
    seen_at bigint not null
  )`,
  `create table decided_seats (
    ward_code text primary key,
    council_code text not null,
    seat text not null,
    decided_at bigint not null
  )`,
  `create table reports (
    id text primary key,
    addressee_id text not null,
    area_code text not null,
    what text not null,
    note text,
    at bigint not null,
    handled_at bigint
  )`,
  `create table notices (
    id text primary key,
    kind text not null,
    area_code text not null,
    addressee_id text,
    detail text not null,
    at bigint not null,
    seen_at bigint
  )`,
  `create table switches (name text primary key, on_since bigint not null)`,
  `create table seats (
    constituency_code text primary key,
    seat text not null,
    fetched_at bigint not null,
    changed_at bigint
  )`,
];

const INDEXES = [
  `create index councillors_by_council on councillors (council_code, place)`,
  `create index councillor_lists_due on councillor_lists (next_try_at)`,
  `create index wards_by_council on wards (council_code)`,
  `create index notices_unseen on notices (at) where seen_at is null`,
  `create index reports_unhandled on reports (at) where handled_at is null`,
];
