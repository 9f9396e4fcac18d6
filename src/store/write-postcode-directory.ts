import { DatabaseSync } from 'node:sqlite';
import type { Area } from '../domain/nation.ts';
import { postcodeKey } from '../domain/postcode-key.ts';
import { FORMAT, TABLES, type AboutDirectory, type AreaCodes, type DirectoryRow } from './postcode-directory-file.ts';

export interface DirectoryWriter {
  /** Keeps one row. False: this postcode is in the file already. Throws when it is no postcode. */
  add(row: DirectoryRow): boolean;
  /** Keeps the name of a ward or division, and the council it belongs to. */
  name(area: Area, councilCode: string | null): void;
  /** Says what it is, checks that everything is there and readable, and closes it. Throws when it is not. */
  finish(about: AboutDirectory): void;
  /** Closes it unfinished; the file is of no use. */
  abandon(): void;
}

/** Begins a directory in a new file, which nobody reads until it is finished: so nothing is made durable on the way. */
export function writePostcodeDirectory(file: string): DirectoryWriter {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32768; ${TABLES} begin`);
  const insert = database.prepare('insert or ignore into postcodes values (?, ?, ?)');
  const insertAreas = database.prepare('insert into areas values (?, ?, ?, ?, ?, ?, ?)');
  const insertName = database.prepare('insert or replace into names values (?, ?, ?)');
  const known = new Map<string, number>();

  const idOf = (areas: AreaCodes): number => {
    const values = [
      areas.nation,
      areas.districtCode,
      areas.countyCode,
      areas.wardCode,
      areas.divisionCode,
      areas.constituencyCode,
    ];
    const key = values.join();
    const id = known.get(key);
    if (id !== undefined) return id;
    known.set(key, known.size + 1);
    insertAreas.run(known.size, ...values);
    return known.size;
  };

  return {
    add: (row) => {
      const key = postcodeKey(row.postcode);
      if (key === null) throw new Error('not a postcode in its written form');
      return insert.run(key, idOf(row), row.ended).changes === 1;
    },
    name: ({ code, name }, councilCode) => void insertName.run(code, name, councilCode),
    finish: ({ release, source, rows, importedAt }) => {
      const about = database.prepare('insert into about values (?, ?, ?, ?, ?)');
      about.run(FORMAT, release, source, rows, importedAt.toISOString());
      database.exec('commit; pragma optimize');
      check(database, rows);
      database.close();
    },
    abandon: () => database.close(),
  };
}

function check(database: DatabaseSync, rows: number): void {
  const verdict = database.prepare('pragma integrity_check').get()?.['integrity_check'];
  if (verdict !== 'ok') throw new Error(`the new directory is damaged: ${String(verdict)}`);
  const joined = database.prepare('select count(*) as n from postcodes p join areas a on a.id = p.areas').get()?.['n'];
  if (joined !== rows) throw new Error(`the new directory holds ${String(joined)} postcodes of ${rows}`);
}
