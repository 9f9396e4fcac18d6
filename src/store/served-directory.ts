import { statSync } from 'node:fs';
import type { AskDirectory } from '../domain/postcode-directory.ts';
import { openPostcodeDirectory, type PostcodeDirectory } from './postcode-directory.ts';

export interface ServedDirectory {
  readonly find: AskDirectory;
  /** Undefined while there is none. */
  current(): PostcodeDirectory | undefined;
  /** Looks whether another process has put a new directory in its place, and takes that. */
  refresh(): void;
  close(): void;
}

/** The directory in this file, if there is one. One that cannot be read is complained of once and passed over; the one before it goes on serving. */
export function serveDirectory(file: string, complain: (event: string, detail: string) => void): ServedDirectory {
  let directory: PostcodeDirectory | undefined;
  let seen = '';

  const refresh = () => {
    const found = statSync(file, { throwIfNoEntry: false });
    const now = found ? `${found.ino}:${found.mtimeMs}:${found.size}` : '';
    if (now === seen) return;
    seen = now;
    if (now === '') return;
    try {
      const newer = openPostcodeDirectory(file);
      directory?.close();
      directory = newer;
    } catch (cause) {
      complain('the postcode directory cannot be read', `${file}: ${String(cause)}`);
    }
  };

  refresh();
  return {
    find: (postcode) => {
      try {
        return directory?.find(postcode);
      } catch (cause) {
        complain('the postcode directory cannot be read', `${file}: ${String(cause)}`);
        directory = undefined; // what is damaged within serves nobody until a new one is there
        return undefined;
      }
    },
    current: () => directory,
    refresh,
    close: () => directory?.close(),
  };
}
