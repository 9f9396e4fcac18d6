import { addressesIn } from '../domain/addresses-in.ts';
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

const AT_ONCE = 100;

/** Forgets mails to or from an address (in small letters), or in whose head it stands. Looks into every mail that it can open. Gives how many. */
export async function forgetMailsOf(db: Database, address: string): Promise<number> {
  let forgotten = 0;
  let after = '';
  for (;;) {
    const rows = await nextMails(db, after);
    const theirs = rows
      .filter(({ sealed }) => db.sealer.opens(sealed))
      .map((row) => mailOf(db, row))
      .filter((mail) => headOf(mail).has(address));
    for (const { id } of theirs) await db.sql.deleteFrom('mailbox').where('id', '=', id).execute();
    forgotten += theirs.length;
    const last = rows.at(-1);
    if (!last) return forgotten;
    after = last.id;
  }
}

function nextMails(db: Database, after: string) {
  return db.sql.selectFrom('mailbox').selectAll().where('id', '>', after).orderBy('id').limit(AT_ONCE).execute();
}

function headOf({ from, to, raw }: WholeMail): ReadonlySet<string> {
  const [head = ''] = raw.split(/\r?\n\r?\n/, 1);
  return addressesIn([from, to, head].join('\n'));
}

function mailOf(db: Database, row: Schema['mailbox']): WholeMail {
  return { id: row.id, at: new Date(row.at), ...(JSON.parse(db.sealer.open(row.sealed)) as Sealed) };
}
