import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** A mail of the practice mailbox, without its text. */
export interface KeptMail {
  readonly id: string;
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

/** With its text: exactly the bytes a mail server would have been given. */
export type WholeMail = KeptMail & { readonly raw: string };

type Sealed = Pick<WholeMail, 'from' | 'to' | 'subject' | 'raw'>;

export async function keepMail(db: Database, mail: WholeMail): Promise<void> {
  const { id, at, from, to, subject, raw } = mail;
  const sealed = db.sealer.seal(JSON.stringify({ from, to, subject, raw } satisfies Sealed));
  await db.sql.insertInto('mailbox').values({ id, at: at.getTime(), sealed }).execute();
}

/** The latest mails, newest first. */
export async function listMails(db: Database, limit: number): Promise<readonly KeptMail[]> {
  const rows = await db.sql
    .selectFrom('mailbox')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { id, at, from, to, subject } = mailOf(db, row);
    return { id, at, from, to, subject };
  });
}

export async function mailById(db: Database, id: string): Promise<WholeMail | undefined> {
  const row = await db.sql.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirst();
  return row && mailOf(db, row);
}

/** Forgets mails kept before then. Gives how many. */
export async function forgetMails(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db.sql.deleteFrom('mailbox').where('at', '<', before.getTime()).executeTakeFirst();
  return Number(numDeletedRows);
}

function mailOf(db: Database, row: Schema['mailbox']): WholeMail {
  return { id: row.id, at: new Date(row.at), ...(JSON.parse(db.sealer.open(row.sealed)) as Sealed) };
}
