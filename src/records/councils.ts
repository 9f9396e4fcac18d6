import { z } from 'zod';
import { TIERS, type Council, type CouncilRegister } from '../domain/council.ts';
import { readCsv } from './csv-file.ts';
import { areaCode, areaCodes, nation, text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';

const Row = z
  .strictObject({
    code: areaCode,
    name: text,
    area: text,
    tier: z.enum(TIERS),
    nation,
    county: areaCode.or(z.literal('')),
    website: webAddress,
    former_codes: areaCodes,
  })
  .transform(({ county, former_codes: formerCodes, ...row }) => ({
    council: { ...row, countyCode: county || null } satisfies Council,
    formerCodes,
  }));

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
