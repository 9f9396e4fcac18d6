import { DatabaseSync } from 'node:sqlite';
import { NATIONS, type Area } from '../domain/nation.ts';
import type { AskDirectory, DirectoryAnswer } from '../domain/postcode-directory.ts';
import { postcodeKey } from '../domain/postcode-key.ts';
import { FORMAT, type AboutDirectory } from './postcode-directory-file.ts';
import { rowsByOutcode } from './rows-by-outcode.ts';

export interface PostcodeDirectory {
  readonly about: AboutDirectory;
  readonly find: AskDirectory;
  /** Every ward of this council that the directory names, in the order of their names. */
  wardsOf(councilCode: string): readonly Area[];
  /** Every electoral division of this county that the directory names, in the order of their names. */
  divisionsOf(councilCode: string): readonly Area[];
  close(): void;
}

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
    const about = aboutIn(database);
    const [areas, wards, divisions] = [AREAS, WARDS, DIVISIONS].map((sql) => database.prepare(sql));
    if (!areas || !wards || !divisions) throw new Error('unreachable');
    const findRow = rowsByOutcode(database);
    const answersIn = new Map<number, DirectoryAnswer | undefined>(); // tens of thousands at most, of many postcodes each
    const answerIn = (id: number): DirectoryAnswer | undefined => {
      const answer = answersIn.get(id) ?? placed(areas.get(id) as AreasRow | undefined);
      answersIn.set(id, answer);
      return answer;
    };
    return {
      about,
      find: (postcode) => {
        const key = postcodeKey(postcode);
        const said = key === null ? undefined : findRow(key);
        if (said === undefined) return undefined;
        return said < 0 ? endedIn(-said) : answerIn(said);
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

function placed(row: AreasRow | undefined): DirectoryAnswer | undefined {
  if (row?.nation === 'channel-islands' || row?.nation === 'isle-of-man')
    return { kind: 'outside-the-uk', where: row.nation };
  const nation = NATIONS.find((nation) => nation === row?.nation);
  if (!row || !nation || row.constituency === null) return undefined;
  return {
    kind: 'live',
    areas: {
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
