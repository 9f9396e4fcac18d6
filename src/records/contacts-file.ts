import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { CouncilRegister } from '../domain/council.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { councilCode, day, text } from './shapes.ts';

/** One council's own email address, with where and when somebody looked it up. */
export interface CouncilContact {
  readonly code: string;
  readonly email: string;
  readonly source: string;
  /** "YYYY-MM-DD". */
  readonly checkedOn: string;
}

const Row = z.object({
  code: councilCode,
  email: z.email('is not an email address').max(254),
  source: text,
  checked_on: day,
});

/**
 * Reads a CSV file with the columns code, email, source and checked_on. Gives all of its rows, or every line that is wrong with
 * the reason: a file that is partly right is mended, not partly used.
 */
export function readContacts(
  content: string,
  councils: CouncilRegister,
): Result<readonly CouncilContact[], readonly string[]> {
  const rows = rowsOf(content);
  if (!rows.ok) return rows;

  const read = rows.value.map((row) => contactIn(row, councils));
  const wrong = read.flatMap((row, at) => (row.ok ? [] : [`line ${at + 2}: ${row.error}`]));
  return wrong.length > 0 ? err(wrong) : ok(read.flatMap((row) => (row.ok ? [row.value] : [])));
}

function rowsOf(content: string): Result<readonly unknown[], readonly string[]> {
  try {
    return ok(parse(content, { columns: true, bom: true, trim: true, skip_empty_lines: true }));
  } catch (cause) {
    return err([`not a CSV file: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
}

function contactIn(row: unknown, councils: CouncilRegister): Result<CouncilContact, string> {
  const parsed = Row.safeParse(row);
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { code, email, source, checked_on: checkedOn } = parsed.data;
  const council = councils.byCode(code);
  return council ? ok({ code: council.code, email, source, checkedOn }) : err(`code: ${code} is no council of ours`);
}
