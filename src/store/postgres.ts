import { PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
const MOST_CONNECTIONS = 10;

/** The type number (oid) of PostgreSQL's bigint, which pg would give as text. */
const BIGINT = 20;

/** A PostgreSQL server, which any number of processes may share. */
export function postgresDialect(databaseUrl: string): PostgresDialect {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)) },
  });
  // An idle connection that breaks has left the pool already; if the server is gone, the next statement says so to whoever asks.
  pool.on('error', () => {});
  // One in use that breaks between two statements says so at the next; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
