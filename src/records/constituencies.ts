import { z } from 'zod';
import type { ConstituencyRegister } from '../domain/constituency.ts';
import { readCsv } from './csv-file.ts';
import { areaCode, areaCodes, nation, text } from './shapes.ts';
import { uniqueBy } from './unique.ts';

const Row = z
  .strictObject({
    code: areaCode,
    name: text,
    nation,
    councils: areaCodes.refine((codes) => codes.length > 0, 'are none'),
  })
  .transform(({ councils, ...row }) => ({ ...row, councilCodes: councils }));

const FILE = 'constituencies.csv';

/** Reads the register of constituencies from the folder of data. */
export function readConstituencies(folder: URL): ConstituencyRegister {
  const all = readCsv(new URL(FILE, folder), Row);
  const byCode = uniqueBy(FILE, all, ({ code }) => [code]);
  return { all, byCode: (code) => byCode.get(code) };
}
