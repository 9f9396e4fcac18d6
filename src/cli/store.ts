import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { secretKeysOf } from '../secret-key.ts';
import { closeDatabase, openDatabase, type Database } from '../store/database.ts';
import { sealer } from '../store/seal.ts';

/** Opens the database that the server uses. Whoever opens it closes it. */
export function openStore(config: Config): Promise<Database> {
  return openDatabase({
    databaseUrl: config.databaseUrl,
    file: join(config.varDir, 'pennypost.sqlite'),
    sealer: sealer(...secretKeysOf(config)),
  });
}

/** Does something with the database that the settings name, and closes it whatever happens. */
export async function withStore<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openStore(readConfig(process.env));
  try {
    return await work(db);
  } finally {
    await closeDatabase(db);
  }
}
