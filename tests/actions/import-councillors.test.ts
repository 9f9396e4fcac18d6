import { beforeEach, expect, test } from 'vitest';
import { importCouncillors } from '../../src/actions/import-councillors.ts';
import { readCouncillorsFile } from '../../src/records/councillors-file.ts';
import { writeCouncillors } from '../../src/records/councillors-export.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { keepList, knownListOf, listStateOf } from '../../src/store/councillor-lists.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { after, before, days, NOON, onBothEngines } from '../builders.ts';
import { aFoundList, aList, SOUTHWARK } from '../councillor-builders.ts';

const councils = readCouncils(new URL('../../data/', import.meta.url));
const BARKING = 'E09000002';

onBothEngines('importing a file of councillors', (store) => {
  const known = (code = SOUTHWARK) => knownListOf(store.db, code);
  const fileOf = (size: number, at: Date, code = SOUTHWARK) => {
    const list = { ...aList(size, { councilCode: code }), councilCode: code };
    return { found: aFoundList(list, { at, source: 'file' }), lines: list.councillors.map((_, line) => line + 2) };
  };
  const take = (lists: Parameters<typeof importCouncillors>[1], dryRun = false) =>
    importCouncillors(store.db, lists, { dryRun }, after(NOON, days(1)));
  beforeEach(() => keepList(store.db, aFoundList(aList(12), { at: NOON })));

  test('takes the place of an older list, and tells both numbers', async () => {
    expect(await take([fileOf(11, after(NOON, 1)), fileOf(3, NOON, BARKING)])).toMatchObject([
      { councilCode: SOUTHWARK, taken: 'taken', before: 12, told: 11 },
      { councilCode: BARKING, taken: 'taken', before: null, told: 3 },
    ]);
    expect(await known()).toMatchObject({ source: 'file', councillors: { length: 11 } });
    expect(await known(BARKING)).toMatchObject({ councillors: { length: 3 } });
  });

  test('overwrites nothing that is newer, and goes on with the next council', async () => {
    expect(await take([fileOf(11, before(NOON, 1)), fileOf(3, NOON, BARKING)])).toMatchObject([
      { taken: 'newer-here', asOf: NOON, lines: { 0: 2, length: 11 } },
      { taken: 'taken' },
    ]);
    expect(await known()).toMatchObject({ source: 'moderngov', councillors: { length: 12 } });
  });

  test('holds a file that would take half of a council’s people away', async () => {
    expect(await take([fileOf(1, after(NOON, 1))])).toMatchObject([{ taken: 'shrunk', before: 12, told: 1 }]);
    expect(await known()).toMatchObject({ councillors: { length: 12 } });
    expect(await listStateOf(store.db, SOUTHWARK)).toMatchObject({ held: { source: 'file' } });
    expect(await unseenNotices(store.db)).toMatchObject([{ kind: 'list held' }]);
  });

  test('changes nothing in a dry run, and says the same', async () => {
    const lists = [fileOf(1, after(NOON, 1)), fileOf(3, NOON, BARKING)];
    expect(await take(lists, true)).toMatchObject([{ taken: 'shrunk' }, { taken: 'taken', before: null }]);

    expect(await listStateOf(store.db, SOUTHWARK)).toMatchObject({ held: null });
    expect(await listStateOf(store.db, BARKING)).toBeUndefined();
    expect(await unseenNotices(store.db)).toEqual([]);
    expect(await take(lists)).toMatchObject([{ taken: 'shrunk' }, { taken: 'taken', before: null }]);
  });

  test('of what was exported gives the same people', async () => {
    const list = (await known())!;
    const bytes = new TextEncoder().encode(writeCouncillors([list]));
    const file = readCouncillorsFile(bytes, councils, { now: after(NOON, days(1)), checkedOn: null, source: '' });
    expect(file.ok && (await take(file.value.lists))).toMatchObject([{ taken: 'taken', before: 12, told: 12 }]);

    const same = (await known())!;
    const plain = ({ councillors }: typeof list) =>
      councillors.map(({ contacts, ...one }) => ({
        ...one,
        emails: contacts.map(({ email, kind }) => ({ email, kind })),
      }));
    expect(plain(same)).toEqual(plain(list));
  });
});
