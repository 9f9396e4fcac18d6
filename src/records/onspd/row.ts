import type { Nation } from '../../domain/nation.ts';
import type { ElsewhereInTheIsles } from '../../domain/place.ts';
import { postcodeKey } from '../../domain/postcode-key.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Columns } from './columns.ts';

/** One row of the directory in our words; null where it has only a placeholder. */
export interface OnspdRow {
  readonly postcode: string;
  /** YYYYMM; null while in use. */
  readonly ended: number | null;
  readonly nation: Nation | ElsewhereInTheIsles;
  readonly districtCode: string;
  readonly countyCode: string | null;
  readonly wardCode: string | null;
  readonly divisionCode: string | null;
  readonly constituencyCode: string | null;
}

const COUNTRIES: Readonly<Record<string, OnspdRow['nation']>> = {
  E92000001: 'England',
  S92000003: 'Scotland',
  W92000004: 'Wales',
  N92000002: 'Northern Ireland',
  L93000001: 'channel-islands',
  M83000003: 'isle-of-man',
};

const CODE = /^[EWSNLM]\d{8}$/;
const MONTH = /^(19[7-9]\d|2\d{3})(0[1-9]|1[0-2])$/;

/** Reads one row, or says what is wrong with it. NSPL's county codes of London (E13…) are no county: only E10 has a council. */
export function rowIn(fields: readonly string[], columns: Columns): Result<OnspdRow, string> {
  if (fields.length !== columns.count) return err(`${fields.length} columns instead of ${columns.count}`);
  const of = (column: Exclude<keyof Columns, 'count'>) => fields[columns[column]] ?? '';

  const postcode = of('postcode');
  if (postcodeKey(postcode) === null) return err('the postcode is not one');
  const ended = of('ended');
  if (ended !== '' && !MONTH.test(ended)) return err(`the end "${ended}" is not a month (YYYYMM)`);
  const nation = COUNTRIES[of('country')];
  if (!nation) return err(`"${of('country')}" is no country`);
  const codes = [of('district'), of('county'), of('ward'), of('division'), of('constituency')];
  const wrong = codes.find((code) => code !== '' && !CODE.test(code));
  if (wrong !== undefined) return err(`"${wrong}" is no official code`);

  const county = real(of('county'));
  return ok({
    postcode,
    ended: ended === '' ? null : Number(ended),
    nation,
    districtCode: of('district'),
    countyCode: county?.startsWith('E10') ? county : null,
    wardCode: real(of('ward')),
    divisionCode: real(of('division')),
    constituencyCode: real(of('constituency')),
  });
}

function real(code: string): string | null {
  return code === '' || code.endsWith('99999999') ? null : code;
}
