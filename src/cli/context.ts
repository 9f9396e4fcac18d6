import { readConfig } from '../config.ts';
import type { CouncilRegister } from '../domain/council.ts';
import type { Registers } from '../domain/place.ts';
import { readConstituencies } from '../records/constituencies.ts';
import { readCouncils } from '../records/councils.ts';
import { closeDatabase, type Database } from '../store/database.ts';
import { openStore } from './store.ts';

const DATA = new URL('../../data/', import.meta.url);

/** The register of councils beside the program. */
export function ourCouncils(): CouncilRegister {
  return readCouncils(DATA);
}

/** The registers of councils and constituencies beside the program. */
export function ourRegisters(): Registers {
  return { councils: readCouncils(DATA), constituencies: readConstituencies(DATA) };
}

/** Works on the server's database, and closes it whatever happens. */
export async function withStore<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openStore(readConfig(process.env));
  try {
    return await work(db);
  } finally {
    await closeDatabase(db);
  }
}
