import type { Councillor } from '../domain/councillor.ts';
import { readName, saysVacant } from '../domain/councillor-name.ts';
import type { Council, CouncilRegister } from '../domain/council.ts';
import { COUNCILLOR_ID, madeId } from '../domain/made-id.ts';
import { londonDay } from '../domain/london-time.ts';
import { readEmails } from '../domain/published-email.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { councilCalled } from './council-called.ts';
import type { Columns, Row } from './councillors-columns.ts';
import { areaCode, day } from './shapes.ts';

/** What one row of a file of councillors tells: of somebody, or of a seat that nobody holds. */
export interface ReadRow {
  readonly councilCode: string;
  readonly councillor: Omit<Councillor, 'councilCode'> | null;
  readonly vacantSeat: string | null;
  readonly source: string;
  /** "YYYY-MM-DD". */
  readonly checkedOn: string;
}

export interface ReadingOptions {
  readonly now: Date;
  /** For a file that does not say it by line: the day ("YYYY-MM-DD") when it was checked. */
  readonly checkedOn: string | null;
  /** For a file that does not say it by line: where its addresses were found. */
  readonly source: string;
}

/** Reads one row, or says everything that is wrong with it. */
export function readRow(
  cells: readonly string[],
  columns: Columns,
  councils: CouncilRegister,
  options: ReadingOptions,
): Result<ReadRow, string> {
  if (cells.length !== columns.width)
    return err(`has ${cells.length} columns, and the first line has ${columns.width}`);
  const row = columns.rowOf(cells);
  const council = councilCalled(row.council, councils);
  const checkedOn = row.checkedOn || (columns.has('checkedOn') ? '' : (options.checkedOn ?? ''));
  const source = row.source || (columns.has('source') ? '' : options.source);
  const wrong = [...(council.ok ? [] : [council.error]), ...wrongIn(row), ...wrongDay(checkedOn, options.now)];
  if (row.email !== '' && source === '') wrong.push('source: is missing');
  if (!council.ok || wrong.length > 0) return err(wrong.join('; '));

  const told = { councilCode: council.value.code, source, checkedOn };
  if (isVacant(row)) return ok({ ...told, councillor: null, vacantSeat: row.ward });
  const councillor = councillorIn(row, council.value);
  return councillor.ok ? ok({ ...told, councillor: councillor.value, vacantSeat: null }) : councillor;
}

function councillorIn(row: Row, council: Council): Result<Omit<Councillor, 'councilCode'>, string> {
  const { name } = readName(row.name);
  const theirId = row.councillorId || madeId(row.ward, name);
  const emails = readEmails([row.email], council);
  const pieces = new Set(
    row.email
      .toLowerCase()
      .split(/[;,\s]+/)
      .filter(Boolean),
  );
  const wrong = [
    ...(COUNCILLOR_ID.test(theirId) ? [] : ['councillor_id: is more than letters, digits, "-" and "_", or too long']),
    ...(emails.length === pieces.size ? [] : [`email: "${row.email}" is not an email address`]),
  ];
  if (wrong.length > 0) return err(wrong.join('; '));
  return ok({ theirId, name, party: row.party || null, seat: row.ward, seatCode: row.wardCode || null, emails });
}

const LONGEST = 300;

/** Open Council Data says it where the party stands as well. */
function isVacant({ name, party }: Row): boolean {
  return party.toLowerCase() === 'vacant' || (name !== '' && saysVacant(name));
}

function wrongIn(row: Row): string[] {
  const { name, ward, wardCode, ...others } = row;
  const tooLong = Object.entries({ name, ward, ...others }).filter(([, text]) => text.length > LONGEST);
  return [
    ...(name === '' && !isVacant(row) ? ['name: is missing'] : []),
    ...(ward === '' ? ['ward: is missing'] : []),
    ...(wardCode === '' || areaCode.safeParse(wardCode).success
      ? []
      : [`ward_code: "${wardCode}" is no official code`]),
    ...tooLong.map(([column]) => `${column}: is too long`),
  ];
}

function wrongDay(checkedOn: string, now: Date): string[] {
  if (checkedOn === '') return ['checked_on: is missing'];
  if (!day.safeParse(checkedOn).success) return [`checked_on: "${checkedOn}" is not a day such as 2026-11-23`];
  return checkedOn > londonDay(now) ? [`checked_on: ${checkedOn} is still to come`] : [];
}
