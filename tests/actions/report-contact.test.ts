import { beforeEach, expect, test } from 'vitest';
import { forgetOldLetters } from '../../src/actions/forget-old-letters.ts';
import { contactReporter, REPORTS_A_DAY } from '../../src/actions/report-contact.ts';
import { readConstituencies } from '../../src/records/constituencies.ts';
import { readCouncils } from '../../src/records/councils.ts';
import { keepList } from '../../src/store/councillor-lists.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { unhandledReports } from '../../src/store/reports.ts';
import { after, days, NOON, onBothEngines } from '../builders.ts';
import { aCouncillor, aFoundList, aList, SOUTHWARK } from '../councillor-builders.ts';

const DATA = new URL('../../data/', import.meta.url);
const registers = { councils: readCouncils(DATA), constituencies: readConstituencies(DATA) };
const EXAMPLE = { councilCode: 'E08000003', councillors: [aCouncillor({ councilCode: 'E08000003' })], vacantSeats: [] };

onBothEngines('reporting that a contact is wrong', (store) => {
  let now = NOON;
  let ids = 0;
  const report = (to: string, note = '') =>
    contactReporter({ db: store.db, registers, examples: [EXAMPLE], newId: () => `report-${++ids}`, clock: () => now })(
      {
        to,
        what: 'left office',
        note,
      },
    );

  beforeEach(async () => {
    now = NOON;
    ids = 0;
    await keepList(store.db, aFoundList(aList(3)));
  });

  test('keeps it for the organisers, and tells them', async () => {
    expect(await report('councillor:E09000028:1', 'She moved to Leeds.')).toEqual({ ok: true });
    expect(await unhandledReports(store.db)).toEqual([
      {
        id: 'report-1',
        addresseeId: 'councillor:E09000028:1',
        areaCode: SOUTHWARK,
        what: 'left office',
        note: 'She moved to Leeds.',
        at: NOON,
      },
    ]);
    expect(await unseenNotices(store.db)).toMatchObject([
      { kind: 'contact reported', areaCode: SOUTHWARK, addresseeId: 'councillor:E09000028:1' },
    ]);
  });

  test('keeps what was written unreadable to whoever has the database alone', async () => {
    await report('councillor:E09000028:1', 'She moved to Leeds.');
    const rows = await store.db.sql.selectFrom('reports').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('Leeds');
    expect(JSON.stringify(await unseenNotices(store.db))).not.toContain('Leeds');
  });

  test.each(['council:E09000028', 'mp:E14001085', 'councillor:E08000003:1'])('takes one about %s', async (to) => {
    expect(await report(to)).toEqual({ ok: true });
    expect(await unhandledReports(store.db)).toMatchObject([{ addresseeId: to, note: null }]);
  });

  test.each([
    'councillor:E09000028:99',
    'councillor:E09000028',
    'council:E09000099',
    'council:E09000028:1',
    'mp:nobody',
    'eve@example.org',
    '',
    '::',
  ])('refuses one about %j', async (to) => {
    expect(await report(to)).toEqual({ ok: false, error: 'unknown-addressee' });
    expect(await unhandledReports(store.db)).toEqual([]);
    expect(await unseenNotices(store.db)).toEqual([]);
  });

  test('about one addressee keeps no more than a few a day, and tells once', async () => {
    for (let at = 0; at < REPORTS_A_DAY + 3; at++) expect(await report('council:E09000028')).toEqual({ ok: true });
    expect(await unhandledReports(store.db)).toHaveLength(REPORTS_A_DAY);
    expect(await unseenNotices(store.db)).toHaveLength(1);
    await report('mp:E14001085');
    now = after(NOON, days(1) + 1);
    await report('council:E09000028');
    expect(await unhandledReports(store.db)).toHaveLength(REPORTS_A_DAY + 2);
  });

  test('changes nothing about the contact', async () => {
    const all = () => store.db.sql.selectFrom('contacts').selectAll().orderBy('addresseeId').execute();
    const before = await all();
    await report('councillor:E09000028:1');
    expect(await all()).toEqual(before);
  });

  test('is forgotten, as to what was written, after ninety days', async () => {
    await report('council:E09000028', 'I live next to her.');
    await forgetOldLetters(store.db, after(NOON, days(90)));
    expect(await unhandledReports(store.db)).toMatchObject([{ note: 'I live next to her.' }]);
    await forgetOldLetters(store.db, after(NOON, days(90) + 1));
    expect(await unhandledReports(store.db)).toMatchObject([{ note: null }]);
  });
});
