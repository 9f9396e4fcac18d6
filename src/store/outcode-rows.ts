import { KEYS_PER_OUTCODE } from '../domain/postcode-key.ts';

/**
 * All rows of one outward half ("SE1"), as they are in the file: first what stands beside each, then the inward halves, in order, each
 * a number below 37³. What stands beside a postcode is the number of its areas, or below zero the month in which it ended (YYYYMM).
 * The bytes are those of the machine, little-endian on all that Node runs on but one.
 */
export interface OutcodeRows {
  readonly said: Int32Array;
  readonly inward: Uint16Array;
}

export const BYTES_PER_ROW = Int32Array.BYTES_PER_ELEMENT + Uint16Array.BYTES_PER_ELEMENT;

/** Takes the rows out of the bytes of the file. */
export function rowsIn(bytes: Uint8Array): OutcodeRows {
  const { buffer } = bytes.slice(); // a buffer of its own begins where whole numbers can be read
  return viewsOf(buffer, bytes.length / BYTES_PER_ROW);
}

function viewsOf(buffer: ArrayBuffer, count: number): OutcodeRows {
  return {
    said: new Int32Array(buffer, 0, count),
    inward: new Uint16Array(buffer, count * Int32Array.BYTES_PER_ELEMENT, count),
  };
}

/** What stands beside this inward half; undefined when there is none. */
export function saidOf({ said, inward }: OutcodeRows, wanted: number): number | undefined {
  let [low, high] = [0, inward.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inward[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return inward[low] === wanted ? said[low] : undefined;
}

/** Rows of one outward half that come in any order. */
export interface GatheredRows {
  /** False: this inward half is there already. */
  add(inward: number, said: number): boolean;
  /** All of them, as they stand in the file. */
  bytes(): Uint8Array;
}

/** `said` has 32 bits with its sign, `inward` sixteen more above them: together a whole number below 2^53, sorted by the inward half. */
const SAID = 2 ** 32;
const SIGN = 2 ** 31;

export function gatherRows(): GatheredRows {
  const there = new Uint8Array(Math.ceil(KEYS_PER_OUTCODE / 8));
  let rows = new Float64Array(64);
  let count = 0;
  return {
    add: (inward, said) => {
      const [at, bit] = [inward >> 3, 1 << (inward & 7)];
      if (((there[at] ?? 0) & bit) !== 0) return false;
      there[at] = (there[at] ?? 0) | bit;
      if (count === rows.length) rows = grown(rows);
      rows[count++] = inward * SAID + said + SIGN;
      return true;
    },
    bytes: () => {
      const bytes = new Uint8Array(count * BYTES_PER_ROW);
      const { said, inward } = viewsOf(bytes.buffer, count);
      for (const [at, row] of rows.subarray(0, count).sort().entries()) {
        said[at] = (row % SAID) - SIGN;
        inward[at] = Math.floor(row / SAID);
      }
      return bytes;
    },
  };
}

function grown(rows: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(Math.ceil(rows.length * 1.5));
  more.set(rows);
  return more;
}
