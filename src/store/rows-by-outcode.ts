import type { DatabaseSync } from 'node:sqlite';
import { KEYS_PER_OUTCODE } from '../domain/postcode-key.ts';
import { rowsIn, saidOf, type OutcodeRows } from './outcode-rows.ts';

/** What stands beside a postcode: the number of its areas, or below zero the month in which it ended (YYYYMM). */
export type FindRow = (key: number) => number | undefined;

/** Finds rows by their key. Those of an outward half are read the first time that somebody asks for one of them, and kept: 16 MB for all of the largest directory. */
export function rowsByOutcode(database: DatabaseSync): FindRow {
  const read = database.prepare('select rows from outcodes where number = ?');
  const known = new Map<number, OutcodeRows>();

  const outcodeAt = (number: number): OutcodeRows | undefined => {
    const bytes = read.get(number)?.['rows'];
    if (!(bytes instanceof Uint8Array)) return undefined; // not kept: anybody may ask for what nobody has
    const rows = rowsIn(bytes);
    known.set(number, rows);
    return rows;
  };

  return (key) => {
    const number = Math.floor(key / KEYS_PER_OUTCODE);
    const rows = known.get(number) ?? outcodeAt(number);
    return rows && saidOf(rows, key % KEYS_PER_OUTCODE);
  };
}
