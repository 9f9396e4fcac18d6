import { existsSync } from 'node:fs';
import type { WardsOf } from '../actions/coverage.ts';
import { openPostcodeDirectory } from '../store/postcode-directory.ts';
import { directoryFile } from './directory.ts';

/** Works with the wards of the operator's postcode directory; without one there are none. */
export async function withDirectoryWards<T>(work: (wardsOf: WardsOf) => Promise<T>): Promise<T> {
  const file = directoryFile();
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
