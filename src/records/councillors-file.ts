import { checkedAt } from '../domain/checked-day.ts';
import { LIST_SOURCES, type Councillor } from '../domain/councillor.ts';
import type { CouncilRegister } from '../domain/council.ts';
import type { FoundList } from '../domain/found-list.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { readColumns } from './councillors-columns.ts';
import { readRow, type ReadingOptions, type ReadRow } from './councillors-row.ts';
import { readCells } from './csv-cells.ts';

/** A file of councillors, read as far as it can be. */
export interface CouncillorsFile {
  /** One for each council that the file has a good row of. */
  readonly lists: readonly FileList[];
  /** What is left out, and why. */
  readonly wrong: readonly WrongLine[];
}

export interface FileList {
  readonly found: FoundList;
  readonly lines: readonly number[];
}

export interface WrongLine {
  readonly line: number;
  readonly reason: string;
}

/** Reads a CSV file of councillors. Gives a sentence when it cannot be read at all; a row that is wrong is left out and named. */
export function readCouncillorsFile(
  bytes: Uint8Array,
  councils: CouncilRegister,
  options: ReadingOptions,
): Result<CouncillorsFile, string> {
  const lines = readCells(bytes);
  if (!lines.ok) return lines;
  const [header, ...body] = lines.value;
  if (!header) return err('The file is empty.');
  const columns = readColumns(header.cells);
  if (!columns.ok) return columns;
  if (!columns.value.has('checkedOn') && options.checkedOn === null)
    return err('The file does not say when it was checked. Add a column checked_on, or say --checked-on 2026-11-23.');

  const rows = body.map(({ line, cells }) => ({ line, read: readRow(cells, columns.value, councils, options) }));
  const good = rows.flatMap(({ line, read }) => (read.ok ? [{ ...read.value, line }] : []));
  const { first, twice } = told(good);
  const wrong = rows.flatMap(({ line, read }) => (read.ok ? [] : [{ line, reason: read.error }]));
  return ok({
    lists: [...Map.groupBy(first, ({ councilCode }) => councilCode)].map(([code, rows]) => listOf(code, rows, options)),
    wrong: [...wrong, ...twice].sort((a, b) => a.line - b.line),
  });
}

type GoodRow = ReadRow & { readonly line: number };

/** The first row of each councillor, and what is wrong with the others. */
function told(rows: readonly GoodRow[]): { first: readonly GoodRow[]; twice: readonly WrongLine[] } {
  const lineOf = new Map<string, number>();
  const twice: WrongLine[] = [];
  const first = rows.filter(({ councilCode, councillor, line }) => {
    const key = councillor && `${councilCode}:${councillor.theirId}`;
    const before = key === null ? undefined : lineOf.get(key);
    if (before !== undefined) twice.push({ line, reason: `the same councillor as on line ${before}` });
    else if (key !== null) lineOf.set(key, line);
    return before === undefined;
  });
  return { first, twice };
}

/** A list is as old as the oldest of its rows. */
function listOf(councilCode: string, rows: readonly GoodRow[], { now }: ReadingOptions): FileList {
  const [oldest = ''] = rows.map(({ checkedOn }) => checkedOn).sort();
  const people = rows.flatMap((row) => (row.councillor ? [{ ...row, councillor: row.councillor }] : []));
  return {
    lines: rows.map(({ line }) => line),
    found: {
      list: {
        councilCode,
        councillors: people.map(({ councillor }): Councillor => ({ ...councillor, councilCode })),
        vacantSeats: rows.flatMap(({ vacantSeat }) => (vacantSeat === null ? [] : [vacantSeat])),
      },
      source: 'file',
      at: checkedAt(oldest, now),
      origins: Object.fromEntries(people.filter(isLookedUp).map((row) => [row.councillor.theirId, row.source])),
      validators: null,
    },
  };
}

/** What we exported ourselves and nobody has looked at says only which program found it. */
function isLookedUp({ source }: ReadRow): boolean {
  return !(LIST_SOURCES as readonly string[]).includes(source);
}
