import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isPracticeMode, readConfig } from '../src/config.ts';
import { Environment } from '../src/environment.ts';
import { startProgram } from './programs.ts';
import { openLoopback } from './stand-ins/loopback.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (file: string) => textOf(file).split('\n');

/** What `npm start` runs: words that begin with "node". */
const START = (JSON.parse(textOf('package.json')) as { scripts: { start: string } }).scripts.start.split(' ');
const README = textOf('README.md');

test('npm ci links the Node that it brings, which an older npm unlinks with those of other platforms', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'pennypost-checkout-'));
  const brought = join(checkout, 'node_modules/node-of-this-platform');
  mkdirSync(brought, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(checkout, 'package.json'));
  const itself = { name: 'node-of-this-platform', version: '26.0.0', bin: { node: 'node' } };
  writeFileSync(join(brought, 'package.json'), JSON.stringify(itself));
  writeFileSync(join(brought, 'node'), '');
  execFileSync('npm', ['run', 'postinstall'], { cwd: checkout, stdio: 'pipe' });
  expect(existsSync(join(checkout, 'node_modules/.bin/node'))).toBe(true);
  rmSync(checkout, { recursive: true, force: true });
});

describe('the image', () => {
  const lines = linesOf('Dockerfile');
  const wordsAfter = (name: string) =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const copied = wordsAfter('COPY')
    .filter((words) => !words.startsWith('--from'))
    .flatMap((words) => words.split(' ').slice(0, -1));

  test('starts exactly what npm start starts, as nobody in particular', () => {
    expect(JSON.parse(wordsAfter('CMD').at(-1) ?? '')).toEqual(START);
    expect(wordsAfter('USER')).toEqual(['node']);
  });

  test('holds all that the program reads', { timeout: 60_000 }, async () => {
    const image = mkdtempSync(join(tmpdir(), 'pennypost-image-'));
    for (const path of copied) {
      mkdirSync(dirname(join(image, path)), { recursive: true });
      cpSync(join(ROOT, path), join(image, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(image, 'node_modules'));
    const program = await startProgram({ VAR_DIR: join(image, 'var') }, image);
    for (const path of ['/', '/facts', '/write?postcode=SE1+2DL', '/write/letter?postcode=SE1+2DL&to=mp:E14001085'])
      expect([path, (await fetch(new URL(path, program.url))).status]).toEqual([path, 200]);
    await program.stop();
    rmSync(image, { recursive: true, force: true });
  });

  test('lets in nothing but what it copies: no settings, no keys, no database', () => {
    const [everything, ...exceptions] = linesOf('.dockerignore').filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(new Set(exceptions.map((line) => line.slice(1)))).toEqual(
      new Set(copied.map((path) => path.replace('./', ''))),
    );
  });

  test('knows whether the process in it answers', async () => {
    const server = await openLoopback((req, res) => res.writeHead(req.url === '/healthz' ? 200 : 404).end());
    expect(await healthy(server.url.port)).toBe(0);
    await server.close();
    expect(await healthy(server.url.port)).toBe(1);
  });
});

function healthy(port: string): Promise<number | null> {
  const asking = spawn(process.execPath, ['deploy/healthy.js'], { cwd: ROOT, env: { PORT: port } });
  return new Promise((resolve) => void asking.once('exit', resolve));
}

describe('the compose file', () => {
  const { services, volumes } = parse(textOf('compose.yaml')) as {
    services: Record<'pennypost' | 'postgres', Record<string, unknown>>;
    volumes: Record<string, unknown>;
  };
  const { pennypost, postgres } = services;

  test('gives the program no more than it needs', () => {
    expect(pennypost).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      ports: ['127.0.0.1:3000:3000', '127.0.0.1:2525:2525'],
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    expect(postgres).not.toHaveProperty('ports');
  });

  test('takes PostgreSQL for ready only when it answers where the program will ask it', () => {
    const { test: asks } = postgres['healthcheck'] as { test: string[] };
    expect(asks).toEqual(expect.arrayContaining(['pg_isready', '--host=127.0.0.1']));
  });

  test('keeps what must stay in volumes that it names', () => {
    const mounted = [pennypost, postgres].flatMap(({ volumes }) =>
      (volumes as string[]).map((volume) => volume.split(':')),
    );
    expect(mounted).toEqual([
      ['var', '/var/lib/pennypost'],
      ['./keys', '/etc/pennypost', 'ro'],
      ['database', '/var/lib/postgresql'],
    ]);
    expect(Object.keys(volumes)).toEqual(['var', 'database']);
    expect(textOf('Dockerfile')).toContain('VOLUME /var/lib/pennypost');
  });

  test('is spoken of as it is in the words for operators', () => {
    const operating = textOf('docs/operating.md');
    const said = (pattern: RegExp) => new Set([...operating.matchAll(pattern)].map(([, word]) => word));
    const { POSTGRES_USER, POSTGRES_DB } = postgres['environment'] as Record<string, string>;
    expect(said(/--username=(\w+)/g)).toEqual(new Set([POSTGRES_USER]));
    expect(said(/--username=.* --dbname=(\w+)/g)).toEqual(new Set([POSTGRES_DB]));
    expect(/## Upgrade.*?docker compose ([^`]+)`/s.exec(operating)?.[1]).toBe('up -d --build'); // "restart" would keep the old image
  });

  test('sets only what the README explains, and holds no password', () => {
    for (const name of Object.keys(pennypost['environment'] as object)) expect(README).toContain(`\`${name}\``);
    expect(textOf('compose.yaml').match(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/g)).toBeNull();
  });
});

describe('the settings', () => {
  const known = Object.keys(Environment.shape).toSorted();
  const lines = linesOf('.env.example');
  /** As they are, and as they would be with all that is behind a #. */
  const asIs = parseEnv(lines.join('\n'));
  const all = parseEnv(lines.map((line) => line.replace(/^#(?=[A-Z_]+=)/, '')).join('\n'));
  const secret = { SECRET_KEY: 'a secret key that only the tests know' };

  test('have one row each in the README, and no others have', () => {
    const rows = README.split('\n').flatMap((line) => /^\| ((?:`[A-Z_]+`(?:, )?)+) \|/.exec(line)?.[1] ?? []);
    expect(rows.flatMap((cell) => cell.replaceAll('`', '').split(', ')).toSorted()).toEqual(known);
  });

  test('stand in the example, each of them', () => {
    const { POSTGRES_PASSWORD: _, ...ours } = all;
    expect(Object.keys(ours).toSorted()).toEqual(known);
  });

  test('of the example hold nothing that Node, systemd and compose read differently', () => {
    const values = lines.flatMap((line) => /^#?[A-Z_]+=(.*)$/.exec(line)?.[1] ?? []);
    expect(values).toHaveLength(known.length + 1);
    expect(values.filter((value) => /[$#\\'"]/.test(value))).toEqual([]);
  });

  test('of the example make a campaign as they are, but for the secret key', () => {
    expect(() => readConfig(asIs)).toThrow(/SECRET_KEY is missing/);
    expect(isPracticeMode(readConfig({ ...asIs, ...secret }))).toBe(false);
  });

  test('of the example are ones that could be set', () => {
    const { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE, ...others } = all;
    expect([DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE]).not.toContain(undefined);
    expect(() => readConfig({ ...others, ...secret })).not.toThrow();
  });
});

describe('the systemd unit', () => {
  const unit = linesOf('deploy/pennypost.service');
  const valueOf = (name: string) => unit.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);

  test('starts exactly what npm start starts, from where npm ci puts it', () => {
    const [node, ...words] = valueOf('ExecStart')?.split(' ') ?? [];
    expect(words).toEqual(START.slice(1));
    expect(existsSync(join(ROOT, node!.replace('/opt/pennypost/', '')))).toBe(true);
  });

  test.each([
    ['User', 'pennypost'],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['StateDirectory', 'pennypost'],
    ['UMask', '0077'],
  ])('sets %s to "%s"', (name, value) => {
    expect(valueOf(name)).toBe(value);
  });

  test('gives the program longer to stop than it takes for itself', () => {
    const grace = Number(/GRACE_MS = ([\d_]+)/.exec(textOf('src/main.ts'))?.[1]?.replace('_', ''));
    expect(Number(valueOf('TimeoutStopSec')) * 1000).toBeGreaterThan(grace);
  });
});
