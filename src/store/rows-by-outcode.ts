import type { DatabaseSync } from 'node:sqlite';
import { KEYS_PER_OUTCODE } from '../domain/postcode-key.ts';

/** What stands beside a postcode: the number of its areas, or below zero the month in which it ended (YYYYMM). */
export type FindRow = (key: number) => number | undefined;

/** Inward halves in their order, each below 37³, and at the same place of `said` what stands beside each. */
interface Outcode {
  readonly inward: Uint16Array;
  readonly said: Int32Array;
}

/**
 * Finds rows by their key. The thousand rows of one outward half are read together, the first time that somebody asks for one of them, and kept in six bytes each:
 * all of the largest directory is some 16 MB, and a look-up costs the same in any.
 */
export function rowsByOutcode(database: DatabaseSync): FindRow {
  const read = database.prepare('select key, areas, ended from postcodes where key between ? and ? order by key');
  const known = new Map<number, Outcode>();

  const outcodeAt = (number: number): Outcode | undefined => {
    const outcode = known.get(number) ?? packed(read.all(...rangeOf(number)) as unknown as readonly Row[]);
    if (outcode) known.set(number, outcode);
    return outcode;
  };

  return (key) => {
    const outcode = outcodeAt(Math.floor(key / KEYS_PER_OUTCODE));
    if (!outcode) return undefined;
    const at = placeIn(outcode.inward, key % KEYS_PER_OUTCODE);
    return at === undefined ? undefined : outcode.said[at];
  };
}

interface Row {
  readonly key: number;
  readonly areas: number;
  readonly ended: number | null;
}

function rangeOf(outcode: number): readonly [number, number] {
  return [outcode * KEYS_PER_OUTCODE, (outcode + 1) * KEYS_PER_OUTCODE - 1];
}

/** Undefined when there are none: what nobody has is not kept, since anybody may ask for it. */
function packed(rows: readonly Row[]): Outcode | undefined {
  if (rows.length === 0) return undefined;
  return {
    inward: Uint16Array.from(rows, ({ key }) => key % KEYS_PER_OUTCODE),
    said: Int32Array.from(rows, ({ areas, ended }) => (ended === null ? areas : -ended)),
  };
}

/** Where this number stands among sorted ones. */
function placeIn(sorted: Uint16Array, number: number): number | undefined {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === number ? low : undefined;
}
