import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Area } from '../domain/nation.ts';
import type { Areas } from '../domain/place.ts';
import type { DirectoryAnswer } from '../domain/postcode-directory.ts';
import type { Postcode } from '../domain/postcode.ts';
import { openPostcodeDirectory } from './postcode-directory.ts';
import type { AboutDirectory, DirectoryRow } from './postcode-directory-file.ts';
import { writePostcodeDirectory } from './write-postcode-directory.ts';

/** A directory that is being written beside the one that serves. */
export interface DirectoryReplacement {
  /** Keeps one row. False: this postcode is in the file already. */
  add(row: DirectoryRow): boolean;
  /** Keeps the name of a ward or division, and the council it belongs to. */
  name(area: Area, councilCode: string | null): void;
  /** Checks it, reads some of its rows as the server would, makes it durable and puts it in place of the other, all at once. */
  putInPlace(about: AboutDirectory): void;
  /** Lets the next one begin; what was not put in place is thrown away. */
  close(): void;
}

/** The disk is full, or does not take what is written to it. */
export class DiskRefuses extends Error {}

/** Every so many rows one is read back. */
const SAMPLE_EVERY = 1_000;

/**
 * Begins a directory that will take this file's place. Null: another process is doing the same. Nothing of an earlier one that was cut short is used.
 * Its methods throw `DiskRefuses`, and other errors for what is broken within.
 */
export function replacePostcodeDirectory(file: string): DirectoryReplacement | null {
  const part = `${file}.part`;
  return translated(() => {
    mkdirSync(dirname(file), { recursive: true });
    const lock = takeLock(`${file}.lock`);
    if (!lock) return null;
    try {
      rmSync(part, { force: true });
      return replacement(file, part, lock);
    } catch (cause) {
      lock.close();
      throw cause;
    }
  });
}

function replacement(file: string, part: string, lock: DatabaseSync): DirectoryReplacement {
  const writer = writePostcodeDirectory(part);
  const sample: DirectoryRow[] = [];
  let rows = 0;
  let finished = false;
  return {
    add: (row) => {
      if (rows++ % SAMPLE_EVERY === 0) sample.push(row);
      return translated(() => writer.add(row));
    },
    name: (area, councilCode) => translated(() => writer.name(area, councilCode)),
    putInPlace: (about) =>
      translated(() => {
        writer.finish(about);
        finished = true;
        readBack(part, sample);
        makeDurable(part);
        renameSync(part, file);
        makeDurable(dirname(file));
      }),
    close: () => {
      if (!finished) writer.abandon();
      rmSync(part, { force: true });
      lock.close();
    },
  };
}

/** A lock that the system takes back when its process ends, however that ends: an empty database, held alone. Null: somebody holds it. */
function takeLock(file: string): DatabaseSync | null {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (cause) {
    lock.close();
    if (resultCodeOf(cause) === SQLITE.BUSY) return null;
    throw cause;
  }
}

function readBack(file: string, sample: readonly DirectoryRow[]): void {
  const directory = openPostcodeDirectory(file);
  try {
    const wrong = sample.find((row) => !agree(row, directory.find(row.postcode as Postcode)));
    if (wrong) throw new Error(`the new directory does not say of ${wrong.postcode} what it was told`);
  } finally {
    directory.close();
  }
}

/** Whether this is the answer that such a row should give. */
function agree(row: DirectoryRow, answer: DirectoryAnswer | undefined): boolean {
  switch (answer?.kind) {
    case 'terminated':
      return row.ended === answer.year * 100 + answer.month;
    case 'outside-the-uk':
      return row.ended === null && row.nation === answer.where;
    case 'live':
      return row.ended === null && sameAreas(row, answer.areas);
    case undefined:
      return row.ended === null && row.constituencyCode === null; // nobody can be told of such a one
  }
}

function sameAreas(row: DirectoryRow, { nation, districtCode, countyCode, ward, constituency }: Areas): boolean {
  return (
    row.nation === nation &&
    row.districtCode === districtCode &&
    row.countyCode === countyCode &&
    row.constituencyCode === constituency.code &&
    (ward === null || row.wardCode === ward.code) // one without a name is not told
  );
}

function makeDurable(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** https://www.sqlite.org/rescode.html */
const SQLITE = { BUSY: 5, READONLY: 8, IOERR: 10, FULL: 13, CANTOPEN: 14 } as const;
const DISK_CODES: readonly unknown[] = [SQLITE.READONLY, SQLITE.IOERR, SQLITE.FULL, SQLITE.CANTOPEN];
const DISK_WORDS: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO'];

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (!DISK_CODES.includes(resultCodeOf(cause)) && !DISK_WORDS.includes(code)) throw cause;
    throw new DiskRefuses(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The last eight bits are the code that all of its kind share. */
function resultCodeOf(cause: unknown): number | undefined {
  return cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : undefined;
}
