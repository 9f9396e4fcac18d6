import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { commitLog, type CommitLog } from './commit-log.ts';
import type { Disk } from './handle.ts';

const BUSY_MS = 5_000; // how long a second process, such as a backup, may keep us waiting
const MOST_STATEMENTS = 200;
const LOG_PAGES = 4_000; // 16 MB of the log are written into the file at once: pages that change again and again, as those of a queue, but once
const NOTHING_CHANGED = { changes: 0, lastInsertRowid: 0 };

/** SQLite in one file, made if it is missing. A commit is on the disk before it is answered, and what is deleted is overwritten. */
export function sqliteIn(file: string): { readonly dialect: SqliteDialect; readonly disk: Disk } {
  const log = commitLog(file);
  let database: DatabaseSync | undefined;
  const dialect = new SqliteDialect({
    database: async () => asKyselyExpects((database = open(file)), log),
  });
  const waitAtCommit = (yes: boolean) => database?.exec(`pragma synchronous = ${yes ? 'full' : 'normal'}`);
  return { dialect, disk: { waitAtCommit, onDisk: log.onDisk } };
}

function open(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
  database.exec(`pragma wal_autocheckpoint = ${LOG_PAGES}`);
  return database;
}

/** Kysely's idea of a SQLite database, on the one in Node. Prepared statements are kept: the same few come again and again. */
function asKyselyExpects(database: DatabaseSync, log: CommitLog): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      log.close();
      database.close();
    },
    prepare: (sql) => {
      if (sql.startsWith('pragma')) return prepare(database, sql); // carried out as it is prepared
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      const statement = prepare(database, sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}

function prepare(database: DatabaseSync, sql: string): SqliteStatement {
  // A transaction that reads first and writes later would fail with "busy" instead of waiting its turn.
  const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  // Where the disk is full SQLite has rolled back by itself; a second time would fail, and hide why.
  const done = () => sql === 'rollback' && !database.isTransaction;
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => (done() ? NOTHING_CHANGED : statement.run(...values(parameters))),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
