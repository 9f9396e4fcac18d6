import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { CHALGROVE, csvOf, ENDED, JERSEY, SOUTHWARK } from '../records/onspd/rows-of-ours.ts';
import { startSite, type Site } from '../site.ts';

describe('a site with a postcode directory of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-own-'));
  const csv = join(folder, 'ONSPD_AUG_2026_UK.csv');
  let site: Site;

  beforeAll(async () => {
    const unknown = SOUTHWARK.replace('SE1 2DL', 'SE1P 5ZZ').replace('E14001085', 'E14000553');
    writeFileSync(csv, csvOf(CHALGROVE, SOUTHWARK.replace('SE1 2DL', 'SE1 2DM'), SOUTHWARK, unknown, ENDED, JERSEY));
    commandLine(folder).run('postcodes', 'import', csv);
    site = await startSite({ settings: { VAR_DIR: folder } });
  });
  afterAll(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const place = async (postcode: string) => {
    const answer = await site.get(`/api/v1/places/${encodeURIComponent(postcode)}`);
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  /** The postcodes that postcodes.io was asked for. */
  const told = () => site.postcodes.requests.map(({ path }) => decodeURIComponent(path));

  test('tells each postcode in it its own place, and nobody of it', async () => {
    const southwark = {
      status: 200,
      nation: 'England',
      councils: [expect.objectContaining({ code: 'E09000028', tier: 'unitary' })],
      constituency: { code: 'E14001085', name: 'Bermondsey and Old Southwark' },
      source: 'postcode directory',
    };
    expect(await place('se12dl')).toMatchObject({ ...southwark, postcode: 'SE1 2DL' });
    expect(await place('SE1 2DM')).toMatchObject({ ...southwark, postcode: 'SE1 2DM' });
    expect(await place('SE1 2DL')).toMatchObject({ ...southwark, postcode: 'SE1 2DL' });
    expect(await place('OX49 5NU')).toMatchObject({ councils: [{ code: 'E07000179' }, { code: 'E10000025' }] });
    expect(await place('SE1 9ZZ')).toMatchObject({ status: 410, terminated: '1998-12' });
    expect(await place('JE2 4WD')).toMatchObject({ status: 404, type: 'outside-the-uk' });
    const page = await site.get('/write?postcode=SE1+2DL');
    expect(await page.text()).toContain('Bermondsey and Old Southwark');
    expect(told()).toEqual([]);
  });

  test('asks postcodes.io for what is not in it, and for what it names by a code that we do not know', async () => {
    expect(await place('M1 1AD')).toMatchObject({ status: 200, source: 'postcodes.io' });
    expect(await place('SE1P 5ZZ')).toMatchObject({ status: 200, source: 'postcodes.io' });
    expect(told()).toEqual(['/postcodes/M1 1AD', '/postcodes/SE1P 5ZZ']);
  });

  test('says on its privacy page where postcodes go', async () => {
    const said = await (await site.get('/privacy')).text();
    expect(said).toContain('it does not leave our server');
    expect(said).toContain('Only if the directory cannot place it');
  });

  test('goes on answering while a new one is imported beside it', async () => {
    const imported = commandLine(folder).run('postcodes', 'import', csv);
    expect(imported).toMatchObject({ status: 0 });
    expect(await place('SE1 2DL')).toMatchObject({ source: 'postcode directory' });
  });
});

describe('a site without one', () => {
  test('says on its privacy page that postcodes.io is asked', async () => {
    const site = await startSite();
    const said = await (await site.get('/privacy')).text();
    await site.close();
    expect(said).toContain('We ask postcodes.io where a postcode is');
    expect(said).not.toContain('our own copy');
  });
});
