import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** The file beside a SQLite database in which every commit stands first (https://sqlite.org/wal.html). */
export interface CommitLog {
  /** Waits until every commit so far is on the disk. The process does other things meanwhile; SQLite itself would keep it waiting. */
  onDisk(): Promise<void>;
  close(): void;
}

const datasync = promisify(fdatasync);

/** The log of the database in this file, which is open as long as the log is. */
export function commitLog(file: string): CommitLog {
  let opened: number | undefined;
  return {
    onDisk: async () => {
      opened ??= openSync(`${file}-wal`, 'r+');
      await datasync(opened);
    },
    close: () => {
      if (opened !== undefined) closeSync(opened);
      opened = undefined;
    },
  };
}
