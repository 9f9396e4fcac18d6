import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Sealer } from './seal.ts';

/** An open database, or one transaction on it: every function of the store takes either. */
export interface Database {
  readonly sql: Kysely<Schema>;
  readonly engine: 'sqlite' | 'postgres';
  readonly sealer: Sealer;
  readonly disk: Disk;
}

/** When a commit is on the disk. */
export interface Disk {
  /** Whether a commit is answered only when it is, from now on. Only `withoutDiskWait` says no, and only while the connection is its own. */
  waitAtCommit(yes: boolean): void;
  /** Waits until everything that was committed so far is: for what was done `withoutDiskWait` and has to be there after all. */
  onDisk(): Promise<void>;
}
