import { err, ok, type Result } from '../domain/result.ts';

/** Our names of columns, each with what others call it: Open Council Data writes "Ward Name" today and "wardName" before. */
const COLUMNS = {
  council: ['council', 'councilcode', 'councilname'],
  councillorId: ['councillorid'],
  name: ['name', 'councillorname'],
  party: ['party', 'partyname'],
  ward: ['ward', 'wardname'],
  wardCode: ['wardcode'],
  email: ['email'],
  source: ['source'],
  checkedOn: ['checkedon'],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as readonly Column[];
const NEEDED = ['council', 'name', 'ward'] as const satisfies readonly Column[];

/** What one row says; '' where it says nothing. */
export type Row = Readonly<Record<Column, string>>;

export interface Columns {
  readonly width: number;
  has(column: Column): boolean;
  rowOf(cells: readonly string[]): Row;
}

/** Finds the columns by the file's first line; others are passed over. Gives a sentence when one that is needed is missing or there twice. */
export function readColumns(header: readonly string[]): Result<Columns, string> {
  const plain = header.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const at = (column: Column) => plain.flatMap((cell, at) => (isCalled(column, cell) ? [at] : []));
  const missing = NEEDED.filter((column) => at(column).length === 0);
  if (missing.length > 0) return err(`The file's first line has no column ${missing.join(', ')}.`);
  const twice = NAMES.filter((column) => at(column).length > 1);
  if (twice.length > 0) return err(`The file's first line has more than one column ${twice.join(', ')}.`);

  const places = NAMES.map((column) => [column, at(column)[0]] as const);
  return ok({
    width: header.length,
    has: (column) => at(column).length > 0,
    rowOf: (cells) =>
      Object.fromEntries(places.map(([name, place]) => [name, place === undefined ? '' : (cells[place] ?? '')])) as Row,
  });
}

function isCalled(column: Column, cell: string): boolean {
  return (COLUMNS[column] as readonly string[]).includes(cell);
}
