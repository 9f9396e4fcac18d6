import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { sealer } from '../src/store/seal.ts';
import { whyNot } from '../src/why-not.ts';

const error = (clues: object) => Object.assign(new Error('as Node says it'), clues);

describe('why the program does not start', () => {
  test('names the folder that it may not write in', () => {
    for (const code of ['EACCES', 'EROFS'])
      expect(whyNot(error({ code, path: '/srv/pennypost' }))).toMatch(/may not use \/srv\/pennypost\. See VAR_DIR/);
  });

  test('names the port that it may not listen on', () => {
    expect(whyNot(error({ code: 'EACCES', address: '0.0.0.0', port: 25 }))).toMatch(
      /0\.0\.0\.0:25\..*BOUNCE_SMTP_PORT/,
    );
  });

  test('says that the database cannot be opened', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pennypost-why-not-'));
    const file = join(folder, 'pennypost.sqlite');
    mkdirSync(file); // nobody can open a folder as a database, not even who may do everything
    const opening = openDatabase({ databaseUrl: null, file, sealer: sealer('any key') });
    expect(whyNot(await opening.catch((cause: unknown) => cause))).toMatch(/in VAR_DIR cannot be opened/);
    rmSync(folder, { recursive: true });
  });

  test('says that the database cannot be written, whatever the rest of the code', () => {
    const READONLY_DIRECTORY = 8 | (6 << 8);
    expect(whyNot(error({ code: 'ERR_SQLITE_ERROR', errcode: READONLY_DIRECTORY }))).toMatch(/in VAR_DIR/);
  });

  test('lets a bug be seen as one', () => {
    expect(() => whyNot(error({ code: 'ERR_SQLITE_ERROR', errcode: 1 }))).toThrow('as Node says it');
  });
});
