import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'pennypost-cli-'));
const file = join(folder, 'councillors.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { run } = commandLine(folder);

const HEADER = 'council,name,party,ward,email,source,checked_on\n';
const GOOD = `${HEADER}Southwark,Ada Example,Green,Abbey,ada@southwark.gov.uk,their website,2026-01-20\n`;
const MIXED = `${GOOD}Narnia,Lucy,,Wardrobe,,,2026-01-20\n`;

describe('the operator’s councillors', () => {
  test('come from a file, are counted, and go out again', () => {
    writeFileSync(file, MIXED);
    expect(run('councillors', 'import', file, '--strict')).toMatchObject({
      status: 1,
      said: '',
      complained: expect.stringMatching(/^line 3: council: "Narnia".*\nNothing was taken in/),
    });
    expect(run('councillors', 'import', file, '--dry-run').said).toContain('would be taken in: 1 councillors');
    expect(run('councillors', 'export')).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^\uFEFFcouncil,.*\r\n$/),
    });

    expect(run('councillors', 'import', file)).toMatchObject({
      status: 1,
      said: expect.stringContaining('E09000028 London Borough of Southwark: taken in: 1 councillors, the first list\n'),
    });
    expect(run('coverage').said).toMatch(/^nation .*\nEngland +file +1 +1 +0 /);
    const { said } = run('councillors', 'export', '--council', 'E09000028');
    expect(said).toContain(
      'E09000028,abbey-ada-example,Ada Example,Green,Abbey,,ada@southwark.gov.uk,their website,2026-01-20\r\n',
    );
  });

  test('that are not newer stay out, line by line', () => {
    writeFileSync(file, GOOD.replace('2026-01-20', '2026-01-19'));
    expect(run('councillors', 'import', file)).toMatchObject({
      status: 1,
      said: expect.stringContaining('line 2: not used, because what is known is newer, of 2026-01-20'),
    });
  });

  test.each([
    [['councillors', 'accept', 'E09000028'], 'No list of London Borough of Southwark is held.\n'],
    [['councillors', 'discard', 'E09999999'], 'E09999999 is no council of ours.\n'],
    [['councillors', 'export', '--council', 'E09000001'], 'There is no list of City of London'],
    [['coverage', '--council', 'Narnia'], 'Narnia is no council of ours.\n'],
    [['wards', 'decide', 'E05011104', 'Abbey'], 'Nobody has asked for a ward E05011104 yet'],
    [['contacts', 'confirm', 'council:E09000028', 'a@example.org'], 'council:E09000028 has no address a@example.org'],
    [['councillors', 'import', '/nowhere.csv'], 'There is no file /nowhere.csv.\n'],
    [['coverage', '--all'], 'The operator'],
  ])('%j is refused with a sentence', (words, sentence) => {
    expect(run(...words)).toMatchObject({ status: 1, complained: expect.stringContaining(sentence) });
  });
});
