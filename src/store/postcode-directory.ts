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

const FIND = `
  select p.ended, a.nation, a.district, a.county, a.ward, w.name as wardName, a.division, d.name as divisionName,
    a.constituency, c.name as constituencyName
  from postcodes p join areas a on a.id = p.areas
  left join names w on w.code = a.ward left join names d on d.code = a.division left join names c on c.code = a.constituency
  where p.key = ?`;
const WARDS = `select code, name from names where council = ? and substr(code, 1, 3) <> 'E58' order by name, code`;
const DIVISIONS = `select code, name from names where council = ? and substr(code, 1, 3) = 'E58' order by name, code`;

/** Opens a directory for reading. Throws when the file is missing, damaged or of another format. */
export function openPostcodeDirectory(file: string): PostcodeDirectory {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const about = aboutIn(database);
    const [find, wards, divisions] = [FIND, WARDS, DIVISIONS].map((sql) => database.prepare(sql));
    if (!find || !wards || !divisions) throw new Error('unreachable');
    return {
      about,
      find: (postcode) => {
        const row = find.get(postcodeKey(postcode)) as FoundRow | undefined;
        return row && answerIn(row, postcode);
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

interface FoundRow {
  readonly ended: number | null;
  readonly nation: string;
  readonly district: string;
  readonly county: string | null;
  readonly ward: string | null;
  readonly wardName: string | null;
  readonly division: string | null;
  readonly divisionName: string | null;
  readonly constituency: string | null;
  readonly constituencyName: string | null;
}

function answerIn(row: FoundRow, postcode: Postcode): DirectoryAnswer | undefined {
  if (row.ended !== null) return { kind: 'terminated', year: Math.floor(row.ended / 100), month: row.ended % 100 };
  if (row.nation === 'channel-islands' || row.nation === 'isle-of-man')
    return { kind: 'outside-the-uk', where: row.nation };
  const nation = NATIONS.find((nation) => nation === row.nation);
  if (!nation || row.constituency === null) return undefined;
  return {
    kind: 'live',
    areas: {
      postcode,
      nation,
      districtCode: row.district,
      countyCode: row.county,
      ward: area(row.ward, row.wardName),
      division: area(row.division, row.divisionName),
      constituency: { code: row.constituency, name: row.constituencyName ?? '' }, // our own register has the name
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
