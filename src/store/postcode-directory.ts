import { DatabaseSync } from 'node:sqlite';
import { NATIONS, type Area } from '../domain/nation.ts';
import type { AskDirectory, DirectoryAnswer } from '../domain/postcode-directory.ts';
import { postcodeKey } from '../domain/postcode-key.ts';
import type { Postcode } from '../domain/postcode.ts';
import { FORMAT, type AboutDirectory } from './postcode-directory-file.ts';

export interface PostcodeDirectory {
  readonly about: AboutDirectory;
  readonly find: AskDirectory;
  /** Every ward of this council that the directory names, in the order of their names. */
  wardsOf(councilCode: string): readonly Area[];
  /** Every electoral division of this county that the directory names, in the order of their names. */
  divisionsOf(councilCode: string): readonly Area[];
  close(): void;
}

const FIND = 'select areas, ended from postcodes where key = ?';
const AREAS = `
  select a.nation, a.district, a.county, a.ward, w.name as wardName, a.division, d.name as divisionName, a.constituency
  from areas a left join names w on w.code = a.ward left join names d on d.code = a.division
  where a.id = ?`;
const WARDS = `select code, name from names where council = ? and substr(code, 1, 3) <> 'E58' order by name, code`;
const DIVISIONS = `select code, name from names where council = ? and substr(code, 1, 3) = 'E58' order by name, code`;

/** Opens a directory for reading. Throws when the file is missing, damaged or of another format. */
export function openPostcodeDirectory(file: string): PostcodeDirectory {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.exec('begin'); // one long read: to lock and unlock the file for each look-up would take three times as long as the look-up
    const about = aboutIn(database);
    const [find, areas, wards, divisions] = [FIND, AREAS, WARDS, DIVISIONS].map((sql) => database.prepare(sql));
    if (!find || !areas || !wards || !divisions) throw new Error('unreachable');
    const areasById = remembered((id) => areas.get(id) as AreasRow | undefined);
    return {
      about,
      find: (postcode) => {
        const row = find.get(postcodeKey(postcode)) as
          | { readonly areas: number; readonly ended: number | null }
          | undefined;
        if (!row) return undefined;
        return row.ended === null ? placed(areasById(row.areas), postcode) : endedIn(row.ended);
      },
      wardsOf: (council) => areasIn(wards.all(council)),
      divisionsOf: (council) => areasIn(divisions.all(council)),
      close: () => database.close(),
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** Many postcodes share their areas; all sets of them together take a few megabytes. */
function remembered(read: (id: number) => AreasRow | undefined): (id: number) => AreasRow | undefined {
  const known = new Map<number, AreasRow>();
  return (id) => {
    const row = known.get(id) ?? read(id);
    if (row) known.set(id, row);
    return row;
  };
}

function aboutIn(database: DatabaseSync): AboutDirectory {
  const row = database.prepare('select * from about').get();
  if (!row || row['format'] !== FORMAT) throw new Error('a postcode directory of another format');
  return {
    release: String(row['release']),
    source: String(row['source']),
    rows: Number(row['rows']),
    importedAt: new Date(String(row['imported_at'])),
  };
}

interface AreasRow {
  readonly nation: string;
  readonly district: string;
  readonly county: string | null;
  readonly ward: string | null;
  readonly wardName: string | null;
  readonly division: string | null;
  readonly divisionName: string | null;
  readonly constituency: string | null;
}

function endedIn(month: number): DirectoryAnswer {
  return { kind: 'terminated', year: Math.floor(month / 100), month: month % 100 };
}

function placed(row: AreasRow | undefined, postcode: Postcode): DirectoryAnswer | undefined {
  if (row?.nation === 'channel-islands' || row?.nation === 'isle-of-man')
    return { kind: 'outside-the-uk', where: row.nation };
  const nation = NATIONS.find((nation) => nation === row?.nation);
  if (!row || !nation || row.constituency === null) return undefined;
  return {
    kind: 'live',
    areas: {
      postcode,
      nation,
      districtCode: row.district,
      countyCode: row.county,
      ward: area(row.ward, row.wardName),
      division: area(row.division, row.divisionName),
      constituency: { code: row.constituency, name: '' }, // our own register has the name
    },
  };
}

/** An area without a name is none, as in an answer of postcodes.io. */
function area(code: string | null, name: string | null): Area | null {
  return code !== null && name !== null ? { code, name } : null;
}

function areasIn(rows: readonly Record<string, unknown>[]): readonly Area[] {
  return rows.map(({ code, name }) => ({ code: String(code), name: String(name) }));
}
