import { join } from 'node:path';
import type { Config } from '../config.ts';
import { practiceSecretKey } from '../secret-key.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { sealer } from '../store/seal.ts';

/** Opens the database that the server uses. Whoever opens it closes it. */
export function openStore({ secretKey, varDir, databaseUrl }: Config): Promise<Database> {
  return openDatabase({
    databaseUrl,
    file: join(varDir, 'pennypost.sqlite'),
    sealer: sealer(secretKey ?? practiceSecretKey(varDir)),
  });
}
