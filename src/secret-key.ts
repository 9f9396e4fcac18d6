import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { SecretKeys } from './domain/secret-keys.ts';

/** The secret keys of the settings, or those that practice mode keeps for itself. */
export function secretKeysOf({
  secretKey,
  oldSecretKeys,
  varDir,
}: Pick<Config, 'secretKey' | 'oldSecretKeys' | 'varDir'>): SecretKeys {
  const [today, ...before] = secretKey === null ? practiceSecretKeys(varDir) : [secretKey];
  const older = new Set([...before, ...oldSecretKeys]);
  older.delete(today);
  return [today, ...older];
}

export function newSecretKey(): string {
  return randomBytes(32).toString('base64url');
}

/** The secret that practice mode makes for itself, once, and keeps beside its database; those before it on the lines below. */
function practiceSecretKeys(varDir: string): SecretKeys {
  mkdirSync(varDir, { recursive: true });
  try {
    writeFileSync(fileIn(varDir), newSecretKey(), { ...OURS, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  const [today = '', ...before] = readFileSync(fileIn(varDir), 'utf8').trim().split(/\s+/);
  return [today, ...before];
}

/** Puts a new key of practice mode before those it has. Gives the file. */
export function renewPracticeSecretKey(varDir: string): string {
  const file = fileIn(varDir);
  const keys = [newSecretKey(), ...practiceSecretKeys(varDir)];
  writeFileSync(`${file}.new`, `${keys.join('\n')}\n`, OURS);
  renameSync(`${file}.new`, file); // all of it or none, whenever the power goes
  return file;
}

const OURS = { mode: 0o600 } as const;

function fileIn(varDir: string): string {
  return join(varDir, 'secret-key');
}
