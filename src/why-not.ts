import { SettingsError } from './config.ts';
import { NewerDatabase } from './store/migrate.ts';

/** What the operator has to put right before the program can start, in a sentence. Whatever else is wrong is a bug, and thrown on. */
export function whyNot(cause: unknown): string {
  if (cause instanceof SettingsError || cause instanceof NewerDatabase) return cause.message;
  const { code = '', errcode = 0, path, address, port } = (cause ?? {}) as Clues;
  const say = SENTENCES[code] ?? SQLITE_SENTENCES[errcode & 0xff];
  if (say === undefined) throw cause;
  return say(path ?? `${address ?? '?'}:${port ?? '?'}`);
}

interface Clues {
  readonly code?: string;
  /** SQLite's own, with more than we need to know in its upper bits. */
  readonly errcode?: number;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

const notOurs = (at: string) => `This account may not use ${at}. See VAR_DIR, or PORT and BOUNCE_SMTP_PORT.`;
const noDatabase = () =>
  'The database in VAR_DIR cannot be opened and written: is the folder, with all in it, this account’s to write in?';

const SENTENCES: Readonly<Record<string, (at: string) => string>> = {
  EADDRINUSE: (at) =>
    `Something else listens on ${at} already. Stop it, or set PORT or BOUNCE_SMTP_PORT to another one.`,
  EACCES: notOurs,
  EROFS: notOurs,
  ECONNREFUSED: (at) => `Nothing answers at ${at}. Is the server that DATABASE_URL names running?`,
  ENOTFOUND: () => 'The server that DATABASE_URL names is not known to this machine.',
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  '28P01': () => 'The PostgreSQL server does not take the password in DATABASE_URL.',
  '3D000': () => 'The PostgreSQL server has no database of the name in DATABASE_URL.',
};

/** https://www.sqlite.org/rescode.html: READONLY and CANTOPEN. */
const SQLITE_SENTENCES: Readonly<Record<number, () => string>> = { 8: noDatabase, 14: noDatabase };
