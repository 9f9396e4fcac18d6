import { z } from 'zod';
import { TIERS, type Council, type CouncilRegister } from '../domain/council.ts';
import { readCsv } from './csv-file.ts';
import { anyWebAddress, areaCode, councilCode, councilCodes, day, nation, text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';

const Columns = z.strictObject({
  code: councilCode,
  name: text,
  name_cy: z.string(),
  area: text,
  tier: z.enum(TIERS),
  nation,
  county: areaCode.or(z.literal('')),
  website: webAddress.or(z.literal('')),
  moderngov: anyWebAddress.or(z.literal('')),
  councillors_page: anyWebAddress.or(z.literal('')),
  valid_from: day.or(z.literal('')),
  valid_until: day.or(z.literal('')),
  successor: councilCode.or(z.literal('')),
  former_codes: councilCodes,
});

const Row = Columns.transform(({ former_codes: formerCodes, ...row }) => ({ council: councilIn(row), formerCodes }));

// The file's names of columns on the right, ours on the left.
function councilIn(row: Omit<z.output<typeof Columns>, 'former_codes'>): Council {
  const { code, name, area, tier, nation } = row;
  return {
    code,
    name,
    area,
    tier,
    nation,
    website: row.website || null,
    countyCode: row.county || null,
    welshName: row.name_cy || null,
    moderngov: row.moderngov || null,
    councillorsPage: row.councillors_page || null,
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
  for (const council of all) {
    checkCounty(council, byCode.get(council.countyCode ?? '')?.council);
    checkDays(council, byCode.get(council.successorCode ?? '')?.council);
  }
  return { all, byCode: (code) => byCode.get(code)?.council };
}

function checkCounty({ code, tier, countyCode }: Council, county: Council | undefined): void {
  if ((tier === 'district') !== (countyCode !== null))
    throw new Error(`${FILE}: ${code} is a ${tier}, county "${countyCode}"`);
  if (countyCode !== null && county?.tier !== 'county')
    throw new Error(`${FILE}: ${code} names no county: ${countyCode}`);
}

/** A council that ends hands over to one that begins the day after; only a county may end without naming one, for several may follow. */
function checkDays({ code, tier, validUntil, successorCode, website }: Council, successor: Council | undefined): void {
  if (website === null && !isProvisional(code)) throw new Error(`${FILE}: ${code} has no website`);
  if (successorCode !== null && !successor)
    throw new Error(`${FILE}: ${code} is followed by ${successorCode}, which is not there`);
  if (validUntil === null && successor)
    throw new Error(`${FILE}: ${code} is followed by ${successor.code}, but has no last day`);
  if (validUntil !== null && !successor && tier !== 'county')
    throw new Error(`${FILE}: ${code} ends, and nobody follows`);
  if (validUntil !== null && successor && successor.validFrom !== dayAfter(validUntil))
    throw new Error(`${FILE}: ${successor.code} does not begin the day after ${code} ends`);
}

function isProvisional(code: string): boolean {
  return !areaCode.safeParse(code).success;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
