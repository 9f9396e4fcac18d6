import { PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
const MOST_CONNECTIONS = 10;

/**
 * What is due, or handed over, is read in the order of an index, a few at a time. The server's statistics of a queue are always behind: with few
 * rows expected it would rather collect them all in a bitmap and sort them, every time, while thousands wait
 * (https://www.postgresql.org/docs/current/runtime-config-query.html).
 */
const IN_ORDER = '-c enable_bitmapscan=off';

/** The type number (oid) of PostgreSQL's bigint, which pg would give as text. */
const BIGINT = 20;

/** A PostgreSQL server, which any number of processes may share. */
export function postgresDialect(databaseUrl: string): PostgresDialect {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    options: IN_ORDER,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that breaks is told of by the statement that it has in hand, or else by the next one, to whoever asks. Its own word for it would end
  // the process, as every time that the server is started anew.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
