import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../src/config.ts';
import { mpId } from '../src/domain/addressee.ts';
import { closeDatabase, openDatabase } from '../src/store/database.ts';
import { insertReport } from '../src/store/reports.ts';
import { sealer } from '../src/store/seal.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const BEFORE = ['--disable-warning=ExperimentalWarning', '--import', './src/node-version.js'];
const varDir = mkdtempSync(join(tmpdir(), 'pennypost-start-'));
const NOWHERE = { POSTCODES_URL: 'http://127.0.0.1:9', PARLIAMENT_URL: 'http://127.0.0.1:9' };
const environment = { ...process.env, VAR_DIR: varDir, PORT: '0', ...NOWHERE };

afterAll(() => rmSync(varDir, { recursive: true, force: true }));

describe('starting', () => {
  test('says where to open it, what mode it is in, and that examples answer; stops when asked to', async () => {
    const program = spawn(process.execPath, [...BEFORE, 'src/main.ts'], { cwd: ROOT, env: environment });
    let said = '';
    program.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | null>((resolve) => void program.once('exit', resolve));
    await expect
      .poll(() => said, { timeout: 10_000 })
      .toMatch(/Pennypost is at http:\/\/localhost:\d+\/\nMode: practice\..*\n.*example places.*SE1 2DL/);

    const url = /http:\/\/localhost:\d+\//.exec(said)?.[0] ?? '';
    expect((await fetch(url)).status).toBe(200);
    expect(await (await fetch(new URL('/write?postcode=SE1+2DL', url))).text()).toContain('example place');
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(varDir, 'pennypost.sqlite'))).toBe(true);
  });

  test('says that a secret key is missing, and starts', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'pennypost-locked-'));
    const file = join(elsewhere, 'pennypost.sqlite');
    const db = await openDatabase({ databaseUrl: null, file, sealer: sealer('a key that is in no settings') });
    const about = {
      addresseeId: mpId('E14001085'),
      areaCode: 'E14001085',
      what: 'left office',
      at: new Date(),
    } as const;
    await insertReport(db, { id: 'report-1', ...about, note: 'She left.' });
    await closeDatabase(db);

    const env = { ...environment, VAR_DIR: elsewhere };
    const program = spawn(process.execPath, [...BEFORE, 'src/main.ts'], { cwd: ROOT, env });
    let said = '';
    program.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | null>((resolve) => void program.once('exit', resolve));
    await expect.poll(() => said, { timeout: 10_000 }).toMatch(/cannot be opened: put that key into OLD_SECRET_KEYS/);
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('with wrong settings names them, and nothing more', () => {
    const { status, stderr } = spawnSync(process.execPath, [...BEFORE, 'src/main.ts'], {
      cwd: ROOT,
      env: { ...environment, MAIL_FROM: 'nobody' },
    });
    expect(status).toBe(1);
    expect(stderr.toString()).toBe(`${new SettingsError(['MAIL_FROM is not an email address']).message}\n`);
  });

  test('on an older Node says so in one line', () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); await import('./src/node-version.js')`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], { cwd: ROOT });
    expect(status).toBe(1);
    expect(stderr.toString()).toMatch(/^Pennypost needs Node 24 or later, and this is Node 20\.1\.0: .*\n$/);
  });
});

describe('the operator’s command line', () => {
  const run = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...BEFORE, 'src/pennypost.ts', ...words], {
      cwd: ROOT,
      env: environment,
    });
    return { status, said: stdout.toString() + stderr.toString() };
  };
  const file = join(varDir, 'contacts.csv');

  test('takes in where councils want their mail', () => {
    writeFileSync(
      file,
      '\uFEFFcode,email,source,checked_on\r\nE09000028,letters@southwark.example,phone call,2026-01-20\r\n',
    );
    expect(run('contacts', 'import', file)).toEqual({ status: 0, said: expect.stringMatching(/^1 address/) });
  });

  test('takes in nothing of a file with wrong lines, and names each', () => {
    writeFileSync(
      file,
      'code,email,source,checked_on\nE09000028,ok@example.org,web,2026-01-20\nE09000099,nobody,web,yesterday\n',
    );
    const { status, said } = run('contacts', 'import', file);
    expect(status).toBe(1);
    expect(said).toMatch(/line 3: .*email.*checked_on/);
    expect(said).not.toMatch(/line 2/);
  });

  test.each([[[]], [['contacts', 'import']], [['letters', 'burn', 'x']]])(
    'explains itself when asked for %j',
    (words) => {
      expect(run(...words)).toEqual({ status: 1, said: expect.stringContaining('contacts import FILE') });
    },
  );

  test('does its work without complaint when nobody reads on', async () => {
    const program = spawn(process.execPath, [...BEFORE, 'src/pennypost.ts', 'mps', 'list'], {
      cwd: ROOT,
      env: environment,
    });
    program.stdout.destroy();
    let complained = '';
    program.stderr.on('data', (text: Buffer) => (complained += text.toString()));
    expect(await new Promise((resolve) => void program.once('close', resolve))).toBe(0);
    expect(complained).toBe('');
  });

  test('says that a file is not there', () => {
    expect(run('contacts', 'import', '/nowhere.csv').said).toContain('There is no file /nowhere.csv');
  });
});
