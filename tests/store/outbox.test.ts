import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { closeDatabase, inTransaction } from '../../src/store/database.ts';
import { enqueue, nextDueAt, postpone, settle, settleAll } from '../../src/store/outbox.ts';
import { aDatabase, claimOne, after, aLetter, before, keep, minutes, NOON, onBothEngines } from '../builders.ts';

onBothEngines('the outbox', (store) => {
  const CONFIRMATION = { kind: 'confirmation', letterId: 'letter-1' } as const;
  const FIRST = { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-1' } as const;
  const SECOND = { kind: 'letter', letterId: 'letter-1', deliveryId: 'delivery-2' } as const;

  beforeEach(async () => {
    await keep(store.db, aLetter());
  });

  test('gives a mail to one worker, and to nobody else for five minutes', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);

    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: CONFIRMATION, attempts: 1 });
    expect(await claimOne(store.db, after(NOON, minutes(5) - 1))).toBeUndefined();
  });

  test('gives the mail of a worker that died to the next one, and counts the attempt', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);
    await claimOne(store.db, NOON);

    expect(await claimOne(store.db, after(NOON, minutes(5)))).toMatchObject({ mail: CONFIRMATION, attempts: 2 });
  });

  test('holds a mail back until it is due', async () => {
    await enqueue(store.db, CONFIRMATION, after(NOON, 1));

    expect(await claimOne(store.db, NOON)).toBeUndefined();
    expect(await claimOne(store.db, after(NOON, 1))).toMatchObject({ mail: CONFIRMATION });
  });

  test('gives out first what has been due longest', async () => {
    await enqueue(store.db, FIRST, NOON);
    await enqueue(store.db, SECOND, before(NOON, minutes(1)));

    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: SECOND });
    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: FIRST });
  });

  test('queues the same mail once, however often it is asked to', async () => {
    for (const mail of [CONFIRMATION, CONFIRMATION, FIRST, FIRST]) await enqueue(store.db, mail, NOON);

    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: CONFIRMATION });
    expect(await claimOne(store.db, NOON)).toMatchObject({ mail: FIRST });
    expect(await claimOne(store.db, NOON)).toBeUndefined();
  });

  test('does not queue again what is settled', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);
    const claimed = await claimOne(store.db, NOON);
    await settle(store.db, claimed!.id, 'accepted', NOON);
    await enqueue(store.db, CONFIRMATION, NOON);

    expect(await claimOne(store.db, after(NOON, minutes(60)))).toBeUndefined();
  });

  test('tries a postponed mail again at its time, not before', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);
    const claimed = await claimOne(store.db, NOON);
    await postpone(store.db, claimed!.id, after(NOON, minutes(1)));

    expect(await claimOne(store.db, after(NOON, minutes(1) - 1))).toBeUndefined();
    expect(await claimOne(store.db, after(NOON, minutes(1)))).toMatchObject({ attempts: 2 });
  });

  test('does not wake a settled mail when a slow worker postpones it', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);
    const claimed = await claimOne(store.db, NOON);
    await settle(store.db, claimed!.id, 'accepted', NOON);
    await postpone(store.db, claimed!.id, after(NOON, 1));

    expect(await claimOne(store.db, after(NOON, minutes(60)))).toBeUndefined();
  });

  test('keeps the first word about how a mail ended', async () => {
    await enqueue(store.db, CONFIRMATION, NOON);
    const claimed = await claimOne(store.db, NOON);
    await settle(store.db, claimed!.id, 'accepted', NOON);
    await settle(store.db, claimed!.id, 'refused', after(NOON, 1));

    expect(await store.db.sql.selectFrom('outbox').select(['outcome', 'settledAt']).execute()).toEqual([
      { outcome: 'accepted', settledAt: NOON.getTime() },
    ]);
  });

  test('settles a few together, but for those that are settled', async () => {
    for (const mail of [CONFIRMATION, FIRST, SECOND]) await enqueue(store.db, mail, NOON);
    await settle(store.db, 'letter:letter-1:delivery-1', 'refused', NOON);
    await settleAll(store.db, ['letter:letter-1:delivery-1', 'letter:letter-1:delivery-2'], 'accepted', NOON);

    const rows = await store.db.sql.selectFrom('outbox').select(['id', 'outcome']).orderBy('id').execute();
    expect(rows.map(({ outcome }) => outcome)).toEqual([null, 'refused', 'accepted']);
  });

  test('knows when the next mail is due', async () => {
    expect(await nextDueAt(store.db)).toBeUndefined();
    await enqueue(store.db, FIRST, after(NOON, minutes(2)));
    await enqueue(store.db, SECOND, after(NOON, minutes(1)));

    expect(await nextDueAt(store.db)).toEqual(after(NOON, minutes(1)));
  });

  test('forgets a mail together with the change that would have caused it', async () => {
    const failing = inTransaction(store.db, async (tx) => {
      await enqueue(tx, CONFIRMATION, NOON);
      throw new Error('the power went');
    });

    await expect(failing).rejects.toThrow('the power went');
    expect(await claimOne(store.db, NOON)).toBeUndefined();
  });

  test('gives each of forty mails to exactly one of two processes working at once', async () => {
    for (let at = 0; at < 40; at++) await enqueue(store.db, { ...FIRST, deliveryId: `delivery-${at}` }, NOON);
    const other = await store.openAgain();

    const empty = async (db: typeof other) => {
      const claimed: string[] = [];
      for (let item = await claimOne(db, NOON); item; item = await claimOne(db, NOON)) claimed.push(item.id);
      return claimed;
    };
    const claimed = await Promise.all([empty(store.db), empty(store.db), empty(other), empty(other)]);
    await closeDatabase(other);

    expect(claimed.flat()).toHaveLength(40);
    expect(new Set(claimed.flat()).size).toBe(40);
  });

  test('refuses a mail about a letter that does not exist', async () => {
    await expect(enqueue(store.db, { kind: 'confirmation', letterId: 'letter-2' }, NOON)).rejects.toThrow(
      /foreign key/i,
    );
  });
});

describe('the outbox on a PostgreSQL server', () => {
  const store = aDatabase('postgres');

  test('reads as many mails as are claimed, however many are due that the server’s statistics do not know of', async () => {
    await keep(store.db, aLetter());
    const due = sql`select 'mail ' || n, 'letter', 'letter-1', 'delivery ' || n, ${NOON.getTime()}::bigint, 0 from generate_series(1, 5000) n`;
    await sql`insert into outbox (id, kind, letter_id, delivery_id, due_at, attempts) ${due}`.execute(store.db.sql);

    const read = await inTransaction(store.db, async (tx) => {
      await claimOne(tx, NOON);
      const counters = sql<{ read: number }>`select seq_tup_read + idx_tup_fetch as read
        from pg_stat_xact_user_tables where relname = 'outbox'`;
      return (await counters.execute(tx.sql)).rows[0]?.read;
    });
    expect(read).toBe(2); // found, and found again by its id
  });
});
