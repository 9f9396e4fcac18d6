import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Sealer } from './seal.ts';

/** An open database, or one transaction on it: every function of the store takes either. */
export interface Database {
  readonly sql: Kysely<Schema>;
  readonly engine: 'sqlite' | 'postgres';
  readonly sealer: Sealer;
  /** Waits until everything that was committed so far is on the disk: for what was done `inPassing` and has to be there after all. */
  readonly onDisk: () => Promise<void>;
}
