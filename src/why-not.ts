import { SettingsError } from './config.ts';
import { NewerDatabase } from './store/migrate.ts';

/** What the operator has to put right before the program can start, in a sentence. Whatever else is wrong is a bug, and thrown on. */
export function whyNot(cause: unknown): string {
  if (cause instanceof SettingsError || cause instanceof NewerDatabase) return cause.message;
  const { code = '', address, port } = (cause ?? {}) as { code?: string; address?: string; port?: number };
  const sentence = SENTENCES[code]?.(`${address ?? '?'}:${port ?? '?'}`);
  if (sentence === undefined) throw cause;
  return sentence;
}

const SENTENCES: Readonly<Record<string, (at: string) => string>> = {
  EADDRINUSE: (at) =>
    `Something else listens on ${at} already. Stop it, or set PORT or BOUNCE_SMTP_PORT to another one.`,
  EACCES: () => 'VAR_DIR or PORT is not this account’s to use.',
  ECONNREFUSED: (at) => `Nothing answers at ${at}. Is the server that DATABASE_URL names running?`,
  ENOTFOUND: () => 'The server that DATABASE_URL names is not known to this machine.',
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  '28P01': () => 'The PostgreSQL server does not take the password in DATABASE_URL.',
  '3D000': () => 'The PostgreSQL server has no database of the name in DATABASE_URL.',
};
