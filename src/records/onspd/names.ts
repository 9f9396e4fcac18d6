import { parse } from 'csv-parse/sync';
import { BrokenFile } from './broken-file.ts';

/** Names of wards and of county electoral divisions, by their official codes. */
export type AreaNames = ReadonlyMap<string, string>;

/** "WD25CD": the code of a ward as of 2025; its name stands under "WD25NM". */
const CODE_COLUMN = /^(WD|CED)(\d\d)CD$/i;

/**
 * The names in the tables that ONS publishes beside the directory ("Ward names and codes UK as at 05_25.csv") or by themselves. Found by their columns;
 * tables of anything else are passed over. Where two tables name one code, the newer one has the word.
 */
export function namesIn(tables: readonly Buffer[]): AreaNames {
  const pairs = tables.flatMap((table) => pairsIn(decoded(table)));
  const oldestFirst = pairs.sort((one, other) => one.year - other.year);
  return new Map(oldestFirst.flatMap(({ named }) => named));
}

function pairsIn(text: string): { year: number; named: [string, string][] }[] {
  if (!/(^|,)\s*"?(WD|CED)\d\dCD/i.test(firstLine(text))) return [];
  const [header = [], ...rows] = cellsIn(text);
  return header.flatMap((column, at) => {
    const [, kind = '', year = ''] = CODE_COLUMN.exec(column) ?? [];
    const nameAt = header.findIndex((name) => name.toUpperCase() === `${kind}${year}NM`.toUpperCase());
    if (kind === '' || nameAt === -1) return [];
    return [{ year: Number(year), named: rows.flatMap((row) => nameIn(row[at], row[nameAt])) }];
  });
}

function cellsIn(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true });
  } catch (cause) {
    throw new BrokenFile(`a table of names is damaged (${cause instanceof Error ? cause.message : String(cause)})`, {
      cause,
    });
  }
}

function nameIn(code = '', name = ''): [string, string][] {
  return /^[EWSN]\d{8}$/.test(code) && !code.endsWith('99999999') && name !== '' ? [[code, name]] : [];
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n'));
}

/** Some tables of some releases are in the encoding that Excel writes on Windows. */
function decoded(table: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(table);
  } catch {
    return new TextDecoder('windows-1252').decode(table); // the one thing that it can complain of
  }
}
