import { createHash } from 'node:crypto';
import type { Notice } from '../domain/notice.ts';
import type { Database } from './database.ts';
import type { NoticeRow } from './schema.ts';

/** A notice as it is kept. */
export interface KeptNotice extends Notice {
  /** Made of what it says and when: the same twice at one moment is one. */
  readonly id: string;
  readonly at: Date;
  /** When somebody said that they have seen it, or it was no longer so. */
  readonly seenAt: Date | null;
}

/** Tells the organisers; once, as long as nobody has seen it. False: it waits to be seen already. */
export async function raiseNotice(db: Database, notice: Notice, now: Date): Promise<boolean> {
  const { kind, areaCode, addresseeId } = notice;
  const detail = written(notice.detail);
  const waiting = await unseenRows(db);
  if (waiting.some((row) => idOf(row, row.detail, row.at) === idOf(notice, detail, row.at))) return false;
  const at = now.getTime();
  await db.sql
    .insertInto('notices')
    .values({ id: idOf(notice, detail, at), kind, areaCode, addresseeId, detail, at })
    .onConflict((clash) => clash.doNothing())
    .execute();
  return true;
}

/** Takes back what is no longer so: it counts as seen. Without a detail, whatever its details. */
export async function settleNotices(
  db: Database,
  { kind, areaCode, addresseeId, detail }: Omit<Notice, 'detail'> & Partial<Notice>,
  now: Date,
): Promise<void> {
  await db.sql
    .updateTable('notices')
    .set({ seenAt: now.getTime() })
    .where('kind', '=', kind)
    .where('areaCode', '=', areaCode)
    .where('addresseeId', addresseeId === null ? 'is' : '=', addresseeId)
    .$if(detail !== undefined, (query) => query.where('detail', '=', written(detail ?? {})))
    .where('seenAt', 'is', null)
    .execute();
}

/** What nobody has seen yet, the oldest first. */
export async function unseenNotices(db: Database): Promise<readonly KeptNotice[]> {
  return (await unseenRows(db)).map(noticeOf);
}

function unseenRows(db: Database): Promise<NoticeRow[]> {
  return db.sql.selectFrom('notices').selectAll().where('seenAt', 'is', null).orderBy('at').orderBy('id').execute();
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

const ID_LENGTH = 12;

function idOf({ kind, areaCode, addresseeId }: Omit<Notice, 'detail'>, detail: string, at: number): string {
  const said = [kind, areaCode, addresseeId, detail, at].join('|');
  return createHash('sha256').update(said).digest('hex').slice(0, ID_LENGTH);
}

/** The same whatever order its names were given in. */
function written(detail: Notice['detail']): string {
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
