import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WardsOf } from '../actions/coverage.ts';
import { readConfig } from '../config.ts';
import { openPostcodeDirectory } from '../store/postcode-directory.ts';

/** Works with the wards of the operator's postcode directory; without one there are none. */
export async function withDirectoryWards<T>(work: (wardsOf: WardsOf) => Promise<T>): Promise<T> {
  const file = join(readConfig(process.env).varDir, 'postcodes.sqlite');
  if (!existsSync(file)) return work(() => []);
  const directory = openPostcodeDirectory(file);
  try {
    return await work((councilCode) => [
      ...directory.wardsOf(councilCode).map((area) => ({ ...area, councilCode, kind: 'ward' as const })),
      ...directory.divisionsOf(councilCode).map((area) => ({ ...area, councilCode, kind: 'division' as const })),
    ]);
  } finally {
    directory.close();
  }
}
