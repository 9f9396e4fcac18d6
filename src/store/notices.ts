import { createHash } from 'node:crypto';
import type { AddresseeId } from '../domain/addressee.ts';
import type { NoticeKind } from '../domain/notice.ts';
import type { Database } from './database.ts';
import type { NoticeRow } from './schema.ts';

/** Something that an organiser has to know or decide. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly areaCode: string;
  /** Null when it is about the whole area. */
  readonly addresseeId: AddresseeId | null;
  /** What its kind needs to be told by; short, and nothing about a supporter. */
  readonly detail: Readonly<Record<string, string>>;
}

/** Tells the organisers; once, as long as nobody has seen it. */
export async function raiseNotice(db: Database, notice: Notice, now: Date): Promise<void> {
  const { kind, areaCode, addresseeId } = notice;
  const detail = JSON.stringify(notice.detail);
  const same = (await unseenRows(db)).some(
    (row) => row.kind === kind && row.areaCode === areaCode && row.addresseeId === addresseeId && row.detail === detail,
  );
  if (same) return;
  const id = createHash('sha256')
    .update([kind, areaCode, addresseeId, detail, now.getTime()].join('|'))
    .digest('hex')
    .slice(0, 12);
  await db.sql
    .insertInto('notices')
    .values({ id, kind, areaCode, addresseeId, detail, at: now.getTime() })
    .onConflict((clash) => clash.doNothing())
    .execute();
}

/** Takes back what is no longer so: it counts as seen. */
export async function settleNotices(
  db: Database,
  { kind, areaCode, addresseeId }: Pick<Notice, 'kind' | 'areaCode' | 'addresseeId'>,
  now: Date,
): Promise<void> {
  await db.sql
    .updateTable('notices')
    .set({ seenAt: now.getTime() })
    .where('kind', '=', kind)
    .where('areaCode', '=', areaCode)
    .where('addresseeId', addresseeId === null ? 'is' : '=', addresseeId)
    .where('seenAt', 'is', null)
    .execute();
}

/** What nobody has seen yet, the oldest first. */
export async function unseenNotices(db: Database): Promise<readonly (Notice & { readonly at: Date })[]> {
  return (await unseenRows(db)).map(({ kind, areaCode, addresseeId, detail, at }) => {
    return { kind, areaCode, addresseeId, detail: JSON.parse(detail) as Notice['detail'], at: new Date(at) };
  });
}

function unseenRows(db: Database): Promise<NoticeRow[]> {
  return db.sql.selectFrom('notices').selectAll().where('seenAt', 'is', null).orderBy('at').orderBy('id').execute();
}
