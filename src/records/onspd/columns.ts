import { err, ok, type Result } from '../../domain/result.ts';

// Releases rename their columns, most by putting the year of the boundaries into them: found by pattern, never by position.
const PATTERNS = {
  postcode: /^pcds$/i,
  ended: /^doterm$/i,
  district: /^(oslaua|lad\d\dcd)$/i,
  ward: /^(osward|wd\d\dcd)$/i,
  county: /^(oscty|cty\d\dcd)$/i,
  division: /^(ced|ced\d\dcd)$/i,
  constituency: /^(pcon|pcon\d\dcd)$/i,
  country: /^(ctry|ctry\d\dcd)$/i,
} as const satisfies Record<string, RegExp>;

type Column = keyof typeof PATTERNS;

/** Where each column stands, counted from 0, and how many there are in all. */
export type Columns = Readonly<Record<Column | 'count', number>>;

/** Finds the columns in the first line of ONSPD or NSPL, any release since 2023. The error names what is missing or there twice. */
export function columnsIn(header: readonly string[]): Result<Columns, string> {
  const names = header.map((name) => name.replace(/^\uFEFF/, '').trim());
  const where = Object.entries(PATTERNS).map(([column, pattern]) => {
    const at = names.flatMap((name, at) => (pattern.test(name) ? [at] : []));
    return { column, names: namesOf(pattern), at };
  });
  const wrong = where.filter(({ at }) => at.length !== 1);
  if (wrong.length > 0)
    return err(
      wrong
        .map(({ column, names, at }) => `${at.length === 0 ? 'no' : 'more than one'} column for ${column} (${names})`)
        .join('; '),
    );
  return ok({
    ...(Object.fromEntries(where.map(({ column, at: [at] }) => [column, at])) as Columns),
    count: names.length,
  });
}

/** "oslaua or lad25cd". */
function namesOf(pattern: RegExp): string {
  return pattern.source
    .replace(/[()^$]/g, '')
    .replace('\\d\\d', '25')
    .replace('|', ' or ');
}
