import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { closeDatabase, inTransaction, openDatabase, type Database } from '../../src/store/database.ts';
import { aPostgresDatabase, SEALER } from '../builders.ts';

let postgres: Awaited<ReturnType<typeof aPostgresDatabase>>;
let db: Database;
let server: Client;
beforeAll(async () => {
  postgres = await aPostgresDatabase(inject('postgresUrl'));
  db = await openDatabase({ databaseUrl: postgres.databaseUrl, file: '', sealer: SEALER });
  server = new Client({ connectionString: inject('postgresUrl') });
  await server.connect();
});
afterAll(async () => {
  await closeDatabase(db);
  await server.end();
  await postgres.remove();
});

test('a connection that breaks between two statements fails the next one, and the one after has another', async () => {
  const died: string[] = [];
  const onUncaught = (cause: Error) => died.push(cause.message);
  process.on('uncaughtException', onUncaught);
  const broken = inTransaction(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.sql);
    await server.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await sql`select 1`.execute(tx.sql);
  });
  await expect(broken).rejects.toThrow(/connection|not queryable|terminat/i);
  expect((await sql`select 1 as one`.execute(db.sql)).rows).toEqual([{ one: 1 }]);
  process.off('uncaughtException', onUncaught);
  expect(died).toEqual([]);
});
