import { z } from 'zod';
import type { CouncilRegister } from '../domain/council.ts';
import { londonDay } from '../domain/london-time.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { readCells, type CsvLine } from './csv-cells.ts';
import { councilCode, day, text } from './shapes.ts';

/** One of a council's own email addresses, with where and when somebody looked it up. */
export interface CouncilContact {
  readonly code: string;
  readonly email: string;
  readonly source: string;
  /** "YYYY-MM-DD". */
  readonly checkedOn: string;
}

const COLUMNS = ['code', 'email', 'source', 'checked_on'] as const;

const Row = z.object({
  code: councilCode,
  email: z.email('is not an email address').max(254),
  source: text,
  checked_on: day,
});

/**
 * Reads a CSV file in UTF-8 with the columns code, email, source and checked_on; of several rows of one council the first is to be tried first. Gives all of its
 * rows, or every line that is wrong with the reason: a file that is partly right is mended, not partly used.
 */
export function readContacts(
  bytes: Uint8Array,
  councils: CouncilRegister,
  now: Date,
): Result<readonly CouncilContact[], readonly string[]> {
  const lines = readCells(bytes);
  if (!lines.ok) return err([lines.error]);
  const [header, ...body] = lines.value;
  const names = header?.cells.map((name) => name.toLowerCase()) ?? [];
  const missing = COLUMNS.filter((name) => names.filter((one) => one === name).length !== 1);
  if (missing.length > 0) return err([`line 1: has no column ${missing.join(', ')}, or more than one`]);

  const read = body.map((line) => ({ line: line.line, contact: contactIn(line, names, councils, londonDay(now)) }));
  const good = read.flatMap(({ line, contact }) => (contact.ok ? [{ line, ...contact.value }] : []));
  const wrong = [
    ...read.flatMap(({ line, contact }) => (contact.ok ? [] : [{ line, reason: contact.error }])),
    ...toldTwice(good),
  ].sort((a, b) => a.line - b.line);
  if (wrong.length > 0) return err(wrong.map(({ line, reason }) => `line ${line}: ${reason}`));
  return ok(good.map(({ code, email, source, checkedOn }) => ({ code, email, source, checkedOn })));
}

function contactIn(
  { cells }: CsvLine,
  names: readonly string[],
  councils: CouncilRegister,
  today: string,
): Result<CouncilContact, string> {
  if (cells.length !== names.length) return err(`has ${cells.length} columns, and the first line has ${names.length}`);
  const parsed = Row.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]])));
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { code, email, source, checked_on: checkedOn } = parsed.data;
  const council = councils.byCode(code);
  if (!council) return err(`code: ${code} is no council of ours`);
  if (checkedOn > today) return err(`checked_on: ${checkedOn} is still to come`);
  return ok({ code: council.code, email, source, checkedOn });
}

function toldTwice(contacts: readonly (CouncilContact & { readonly line: number })[]) {
  const first = new Map<string, number>();
  return contacts.flatMap(({ line, code, email }) => {
    const key = `${code} ${email.toLowerCase()}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, line);
    return before === undefined ? [] : [{ line, reason: `the same address as on line ${before}` }];
  });
}
