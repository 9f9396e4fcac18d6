import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commitLog } from '../../src/store/commit-log.ts';

describe('the log of commits', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pennypost-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is the file that SQLite writes a commit to, and goes on when it has been emptied', async () => {
    const file = join(folder, 'some.sqlite');
    const database = new DatabaseSync(file);
    database.exec('pragma journal_mode = wal; create table words (word text)');
    const log = commitLog(file);

    for (const word of ['before', 'after']) {
      database.exec(`pragma synchronous = off; insert into words values ('${word}')`);
      await log.onDisk();
      expect(readFileSync(`${file}-wal`, 'latin1')).toContain(word);
      database.exec('pragma wal_checkpoint(truncate)');
    }
    log.close();
    database.close();
  });

  test('that is not there throws, rather than have somebody believe it', async () => {
    const log = commitLog(join(folder, 'nothing.sqlite'));
    await expect(log.onDisk()).rejects.toThrow('ENOENT');
    log.close();
  });
});
