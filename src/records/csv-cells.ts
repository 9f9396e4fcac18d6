import { parse } from 'csv-parse/sync';
import { err, ok, type Result } from '../domain/result.ts';

/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const FORMULA = /^'*[=+\-@]/;

/** Lines of cells as a CSV file that spreadsheets open (RFC 4180, UTF-8 with its mark). No cell of it is a formula; `readCells` undoes that. */
export function writeCells(lines: readonly (readonly string[])[]): string {
  return `\uFEFF${lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export interface CsvLine {
  /** The number of its first line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV file, each cell as one line of text. Gives a sentence about a file that is none: of another encoding (a council's name in
 * Welsh would be garbled), or with quotes that do not match.
 */
export function readCells(bytes: Uint8Array): Result<readonly CsvLine[], string> {
  const text = decoded(bytes);
  if (text === null)
    return err('The file is not in UTF-8. Save it again as "CSV UTF-8", so that no letter of a name is garbled.');
  try {
    const rows = parse(text.replace(/\r\n?/g, '\n'), {
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      raw: true,
    }) as unknown as readonly Parsed[];
    return ok(rows.map(lineOf).filter(({ cells }) => cells.some((cell) => cell !== '')));
  } catch (cause) {
    return err(`The file is not a CSV file: ${cause instanceof Error ? cause.message : String(cause)}.`);
  }
}

/** What csv-parse says of a row: `lines` is the number of its last line. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

function lineOf({ record, raw, info }: Parsed): CsvLine {
  return { line: info.lines - (raw.trim().match(/\n/g)?.length ?? 0), cells: record.map(plainCell) };
}

function plainCell(cell: string): string {
  const text = cell
    .replace(/\p{Cc}|\s/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the one thing that it can complain of
  }
}
