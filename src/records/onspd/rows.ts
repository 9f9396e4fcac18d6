import { err, ok, type Result } from '../../domain/result.ts';
import { BrokenFile } from './broken-file.ts';
import { columnsIn, type Columns } from './columns.ts';
import { fieldsIn } from './fields.ts';
import { rowIn, type OnspdRow } from './row.ts';

/** Why a file is no directory, or not a whole one. */
export type WrongFile =
  /** What is wrong with its first line, which names the columns. */
  | { readonly kind: 'no-columns'; readonly reason: string }
  /** Lines are counted from 1. */
  | { readonly kind: 'wrong-line'; readonly line: number; readonly reason: string };

/** Four times the longest line of any release; what goes on without an end is something else. */
const LONGEST_LINE = 4_096;

const UTF8_MARK = /^\u00EF\u00BB\u00BF/;

/**
 * Reads the rows of the directory's CSV as its bytes come, and gives how many there were. Stops at the first line that is wrong, or that `keep` refuses with a reason; a
 * last line without an end is cut off, since each release ends all of its lines. The bytes may throw `BrokenFile`, which is an error at the line reached.
 */
export async function readRows(
  chunks: AsyncIterable<Buffer>,
  keep: (row: OnspdRow) => string | null,
): Promise<Result<number, WrongFile>> {
  const lines = lineTaker(keep);
  let rest = '';
  try {
    for await (const chunk of chunks) {
      const texts = (rest + chunk.toString('latin1')).split('\n'); // every field that we read is in ASCII
      rest = texts.pop() ?? '';
      for (const text of texts) {
        const reason = lines.take(text);
        if (reason !== null) return err(wrong(lines.taken(), reason));
      }
      if (rest.length > LONGEST_LINE) return err(wrong(lines.taken() + 1, 'no end'));
    }
  } catch (cause) {
    if (cause instanceof BrokenFile) return err(wrong(lines.taken() + 1, cause.message));
    throw cause;
  }
  if (rest !== '') return err(wrong(lines.taken() + 1, 'no end: the file is cut off'));
  return ok(Math.max(0, lines.taken() - 1));
}

function wrong(line: number, reason: string): WrongFile {
  return line === 1 ? { kind: 'no-columns', reason } : { kind: 'wrong-line', line, reason };
}

/** Takes one line after another, the first for the names of the columns. */
function lineTaker(keep: (row: OnspdRow) => string | null) {
  let taken = 0;
  let columns: Columns | null = null;

  const take = (text: string): string | null => {
    taken++;
    const fields = fieldsIn(text.endsWith('\r') ? text.slice(0, -1) : text);
    if (fields === null) return 'quotes that do not match';
    if (columns !== null) {
      const row = rowIn(fields, columns);
      return row.ok ? keep(row.value) : row.error;
    }
    const found = columnsIn(fields.map((name) => name.replace(UTF8_MARK, '')));
    if (!found.ok) return found.error;
    columns = found.value;
    return null;
  };

  return { take, taken: () => taken };
}
