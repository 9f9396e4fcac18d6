import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '../domain/result.ts';

export interface Backup {
  /** Version of the tables in it. */
  readonly version: number;
  readonly letters: number;
  readonly deliveries: number;
}

export type BackupProblem = 'no-database' | 'file-exists' | 'part-exists' | 'not-writable' | 'no-room' | 'damaged';

/**
 * Copies a SQLite database into a new file, whole and of one moment, beside a server that goes on writing. The copy is on the disk and
 * has been opened and checked before it gets its name. `damaged`: the copy is not what it should be, and has been thrown away.
 */
export function backUp(database: string, file: string): Result<Backup, BackupProblem> {
  const part = `${file}.part`;
  if (!existsSync(database)) return err('no-database');
  if (existsSync(file)) return err('file-exists');
  if (existsSync(part)) return err('part-exists');

  try {
    closeSync(openSync(part, 'wx', 0o600)); // empty, and nobody else's to read from its first byte
    const before = look(database);
    copy(database, part);
    const copied = look(part);
    if (!isSound(part) || !isOfThisTime(copied, before, look(database))) return err('damaged');
    sync(part);
    renameSync(part, file);
    sync(dirname(file));
    return ok(copied);
  } catch (cause) {
    return err(problemIn(cause));
  } finally {
    rmSync(part, { force: true });
  }
}

const CODES: Readonly<Record<string, BackupProblem>> = {
  ENOENT: 'not-writable',
  EACCES: 'not-writable',
  EROFS: 'not-writable',
  ENOSPC: 'no-room',
};

/** SQLite's numbers: CORRUPT, FULL, NOTADB (https://sqlite.org/rescode.html). */
const SQLITE_CODES: Readonly<Record<number, BackupProblem>> = { 11: 'damaged', 13: 'no-room', 26: 'damaged' };

function problemIn(cause: unknown): BackupProblem {
  const { code = '', errcode = 0 } = cause as { code?: string; errcode?: number };
  const problem = CODES[code] ?? SQLITE_CODES[errcode & 0xff];
  if (!problem) throw cause;
  return problem;
}

/** Unlike a copy of the file, or SQLite's page by page backup, this is one read of one moment that no writer waits for, and leaves deleted pages behind. */
function copy(database: string, part: string): void {
  reading(database, (db) => db.prepare('vacuum into ?').run(part));
}

function isSound(file: string): boolean {
  return reading(file, (db) => {
    const [whole, ...more] = db.prepare('pragma integrity_check').all();
    const orphans = db.prepare('pragma foreign_key_check').all();
    return whole?.['integrity_check'] === 'ok' && more.length + orphans.length === 0;
  });
}

function look(file: string): Backup {
  return reading(file, (db) => {
    const number = (query: string) => Number(Object.values(db.prepare(query).get() ?? {})[0]);
    return {
      version: number('select version from schema_version'),
      letters: number('select count(*) from letters'),
      deliveries: number('select count(*) from deliveries'),
    };
  });
}

/** Letters and deliveries are added while it is copied, and never taken away: forgetting one empties it. */
function isOfThisTime(copied: Backup, before: Backup, after: Backup): boolean {
  const between = (of: 'letters' | 'deliveries') => before[of] <= copied[of] && copied[of] <= after[of];
  return copied.version === before.version && between('letters') && between('deliveries');
}

/** Not opened as "read only": whoever opens it so leaves the files of its log behind, maybe for another account than the server's. */
function reading<T>(file: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

const BUSY_MS = 5_000;

/** SQLite does not wait for the disk when it copies this way (https://sqlite.org/lang_vacuum.html). */
function sync(path: string): void {
  const opened = openSync(path, 'r');
  fsyncSync(opened);
  closeSync(opened);
}
