import { z } from 'zod';
import { TIERS, type Council, type CouncilRegister } from '../domain/council.ts';
import { readCsv } from './csv-file.ts';
import { anyWebAddress, areaCode, areaCodes, day, nation, text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';

const Columns = z.strictObject({
  code: areaCode,
  name: text,
  name_cy: z.string(),
  area: text,
  tier: z.enum(TIERS),
  nation,
  county: areaCode.or(z.literal('')),
  website: webAddress,
  moderngov: anyWebAddress.or(z.literal('')),
  councillors_page: anyWebAddress,
  valid_from: day.or(z.literal('')),
  valid_until: day.or(z.literal('')),
  successor: areaCode.or(z.literal('')),
  former_codes: areaCodes,
});

const Row = Columns.transform(({ former_codes: formerCodes, ...row }) => ({ council: councilIn(row), formerCodes }));

// The file's names of columns on the right, ours on the left.
function councilIn(row: Omit<z.output<typeof Columns>, 'former_codes'>): Council {
  const { code, name, area, tier, nation, website } = row;
  return {
    code,
    name,
    area,
    tier,
    nation,
    website,
    countyCode: row.county || null,
    welshName: row.name_cy || null,
    moderngov: row.moderngov || null,
    councillorsPage: row.councillors_page,
    validFrom: row.valid_from || null,
    validUntil: row.valid_until || null,
    successorCode: row.successor || null,
  };
}

const FILE = 'councils.csv';

/** Reads the register of principal councils from the folder of data. */
export function readCouncils(folder: URL): CouncilRegister {
  const rows = readCsv(new URL(FILE, folder), Row);
  const byCode = uniqueBy(FILE, rows, ({ council, formerCodes }) => [council.code, ...formerCodes]);
  const all = rows.map(({ council }) => council);
  for (const council of all) checkCounty(council, byCode.get(council.countyCode ?? '')?.council);
  return { all, byCode: (code) => byCode.get(code)?.council };
}

function checkCounty({ code, tier, countyCode }: Council, county: Council | undefined): void {
  if ((tier === 'district') !== (countyCode !== null))
    throw new Error(`${FILE}: ${code} is a ${tier}, county "${countyCode}"`);
  if (countyCode !== null && county?.tier !== 'county')
    throw new Error(`${FILE}: ${code} names no county: ${countyCode}`);
}
