import { createHash } from 'node:crypto';
import type { Notice } from '../domain/notice.ts';
import type { Database } from './database.ts';
import type { NoticeRow } from './schema.ts';

/** A notice as it is kept. */
export interface KeptNotice extends Notice {
  /** Ten characters, made of what it says. */
  readonly id: string;
  readonly at: Date;
  /** When somebody said that they have seen it. */
  readonly seenAt: Date | null;
}

/** Keeps a notice. The same thing is told once, seen or not. False: it has been told before. */
export async function addNotice(db: Database, notice: Notice, now: Date): Promise<boolean> {
  const { kind, areaCode, addresseeId } = notice;
  const row = { kind, areaCode, addresseeId, detail: detailOf(notice), at: now.getTime() };
  const { numInsertedOrUpdatedRows } = await db.sql
    .insertInto('notices')
    .values({ id: idOf(notice), ...row })
    .onConflict((clash) => clash.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Every notice that nobody has seen yet, the oldest first. */
export async function unseenNotices(db: Database): Promise<readonly KeptNotice[]> {
  const rows = await db.sql
    .selectFrom('notices')
    .selectAll()
    .where('seenAt', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(noticeOf);
}

/** Every notice there ever was, the oldest first. */
export async function allNotices(db: Database): Promise<readonly KeptNotice[]> {
  const rows = await db.sql.selectFrom('notices').selectAll().orderBy('at').orderBy('id').execute();
  return rows.map(noticeOf);
}

/** How many nobody has seen yet. */
export async function countUnseen(db: Database): Promise<number> {
  const { total } = await db.sql
    .selectFrom('notices')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('seenAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Somebody has seen these. Gives the ids that were there to be marked; the first time stands. */
export async function markSeen(db: Database, ids: readonly string[], now: Date): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  await db.sql
    .updateTable('notices')
    .set({ seenAt: now.getTime() })
    .where('id', 'in', ids)
    .where('seenAt', 'is', null)
    .execute();
  const known = await db.sql.selectFrom('notices').select('id').where('id', 'in', ids).orderBy('id').execute();
  return known.map(({ id }) => id);
}

const ID_LENGTH = 10;

function idOf(notice: Notice): string {
  const said = [notice.kind, notice.areaCode, notice.addresseeId, detailOf(notice)];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, ID_LENGTH);
}

/** The same whatever order its names were given in. */
function detailOf({ detail }: Notice): string {
  return JSON.stringify(Object.fromEntries(Object.entries(detail).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

function noticeOf({ id, kind, areaCode, addresseeId, detail, at, seenAt }: NoticeRow): KeptNotice {
  return {
    id,
    kind,
    areaCode,
    addresseeId,
    detail: JSON.parse(detail) as Notice['detail'],
    at: new Date(at),
    seenAt: seenAt === null ? null : new Date(seenAt),
  };
}
