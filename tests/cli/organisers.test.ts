import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/cli/store.ts';
import { readConfig } from '../../src/config.ts';
import { mpId } from '../../src/domain/addressee.ts';
import { closeDatabase, openDatabase } from '../../src/store/database.ts';
import { raiseNotice } from '../../src/store/notices.ts';
import { insertReport } from '../../src/store/reports.ts';
import { NOON, SEALER } from '../builders.ts';
import { startParliament, type Parliament } from '../stand-ins/parliament.ts';
import { ask } from './ask.ts';

const varDir = mkdtempSync(join(tmpdir(), 'pennypost-cli-'));
let parliament: Parliament;
beforeAll(async () => {
  parliament = await startParliament({ names: ['Tonbridge', 'Ynys Môn', 'Nowhere'] });
  vi.stubEnv('VAR_DIR', varDir);
  vi.stubEnv('PARLIAMENT_URL', parliament.url.href);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await parliament.close();
  rmSync(varDir, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

describe('the command line', () => {
  test('turns switches and lists them', async () => {
    expect(await ask('switch')).toEqual({ status: 0, said: 'dissolution: off\npre-election: off\n' });
    expect(await ask('switch', 'dissolution', 'on')).toEqual({
      status: 0,
      said: expect.stringContaining('dissolution is on.'),
    });
    expect((await ask('switch')).said).toMatch(/^dissolution: on since .*\npre-election: off\n$/);
    expect((await ask('switch', 'dissolution', 'off')).said).toContain('mps refresh --accept');
    expect((await ask('switch')).said).toContain('dissolution: off');
  });

  test.each([
    ['switch', 'kettle', 'on'],
    ['switch', 'dissolution'],
    ['switch', 'dissolution', 'perhaps'],
    ['mps', 'refresh', '--all'],
    ['mps', 'list', 'them'],
    ['notices', '--every'],
    ['notices', 'seen'],
    ['reports', '--all'],
    ['reports', 'handled'],
  ])('explains itself when asked for %s %s %s', async (...words) => {
    const { status, said } = await ask(...words);
    expect(status).toBe(1);
    expect(said).toContain('npm run pennypost -- ');
  });

  test('lists what an organiser must look at, and marks it as seen', async () => {
    expect(await ask('notices')).toEqual({ status: 0, said: 'There is nothing to look at.\n' });
    const db = await openDatabase({ databaseUrl: null, file: join(varDir, 'pennypost.sqlite'), sealer: SEALER });
    const detail = { from: 'Mo Member', to: '' };
    await raiseNotice(db, { kind: 'mp changed', areaCode: 'E14001085', addresseeId: mpId('E14001085'), detail }, NOON);
    await closeDatabase(db);

    const { said } = await ask('notices');
    expect(said).toMatch(/^[0-9a-f]{12} .*Another MP sits, or none: mp:E14001085, from Mo Member, to nobody\n$/);
    expect(await ask('notices', 'seen', said.slice(0, 12))).toEqual({ status: 0, said: '1 seen.\n' });
    expect((await ask('notices')).said).toBe('There is nothing to look at.\n');
    expect((await ask('notices', '--all')).said).toContain('(seen)');
    expect(await ask('notices', 'seen', 'nonesuch')).toEqual({
      status: 1,
      said: expect.stringContaining('no notice nonesuch'),
    });
  });

  test('lists what supporters report of a contact in their own words, until somebody has dealt with it', async () => {
    expect(await ask('reports')).toEqual({ status: 0, said: 'Nobody reports anything.\n' });
    const db = await openStore(readConfig(process.env));
    const about = { addresseeId: mpId('E14001085'), areaCode: 'E14001085', at: NOON };
    const note = 'She sits for Nowhere now.\n\nI asked her office.';
    await insertReport(db, { ...about, id: 'one', what: 'left office', note });
    await insertReport(db, { ...about, id: 'two', what: 'wrong address', note: null });
    await closeDatabase(db);

    const { said } = await ask('reports');
    expect(said).toMatch(
      /^one  .*mp:E14001085: has left office\n {6}She sits for Nowhere now\.\n\n {6}I asked her office/,
    );
    expect(said).toMatch(/^two  .*mp:E14001085: has another address\n/m);
    expect(await ask('reports', 'handled', 'one', 'nonesuch')).toEqual({
      status: 1,
      said: expect.stringContaining('1 handled.\nThere is no report nonesuch'),
    });
    expect((await ask('reports')).said).toMatch(/^two /);
    expect(await ask('reports', 'handled', 'two')).toEqual({ status: 0, said: '1 handled.\n' });
    expect((await ask('reports')).said).toBe('Nobody reports anything.\n');
  });

  test('goes round all seats, and says what it could not match', async () => {
    expect((await ask('mps', 'list', '--problems')).said).toContain('There has been no round yet');
    expect((await ask('mps', 'list')).said).toContain('No round has heard of any seat yet');

    expect(await ask('mps', 'refresh')).toEqual({
      status: 0,
      said: expect.stringMatching(/^2 seats heard\. 0 changed/),
    });
    expect((await ask('mps', 'list')).said).toMatch(/Tonbridge: \w+ \w+ \(heard/);
    const { said } = await ask('mps', 'list', '--problems');
    expect(said).toContain('Parliament has a seat that is none of ours: Nowhere\n');
    expect(said).toContain('Parliament did not list it: Aldershot\n');
  });

  test('says that a round broke off, and keeps what was known', async () => {
    parliament.faults.mode = '500';
    expect(await ask('mps', 'refresh')).toEqual({
      status: 1,
      said: expect.stringContaining('It broke off: unavailable.'),
    });
    expect((await ask('mps', 'list')).said).toContain('Tonbridge: ');
    parliament.faults.mode = 'ok';
  });

  test('holds too many changes at once until they are accepted', async () => {
    const names = ['Tonbridge', 'Ynys Môn', 'Aldershot', 'Aldridge-Brownhills'];
    const many = await startParliament({ names });
    vi.stubEnv('PARLIAMENT_URL', many.url.href);
    await ask('mps', 'refresh');
    for (const name of names) many.elect(name, 'Winner');

    expect(await ask('mps', 'refresh')).toEqual({ status: 1, said: expect.stringContaining('mps refresh --accept') });
    expect((await ask('mps', 'list')).said).not.toContain('Newly Winner');
    expect((await ask('notices')).said).toContain('K02000001');
    expect((await ask('mps', 'refresh', '--accept')).status).toBe(0);
    expect((await ask('mps', 'list')).said.match(/Newly Winner/g)).toHaveLength(4);
    await many.close();
  });
});
