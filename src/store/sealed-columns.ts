import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { KEY_ID_LENGTH, type SealedText } from './seal.ts';

type SealedIn<Row> = { [Column in keyof Row]: NonNullable<Row[Column]> extends SealedText ? Column : never }[keyof Row];

/** A table or column that is sealed and not named here, or named and not sealed, does not compile. */
const SEALED: {
  readonly [Table in keyof Schema as [SealedIn<Schema[Table]>] extends [never] ? never : Table]: {
    readonly [Column in SealedIn<Schema[Table]>]: true;
  };
} = {
  letters: { sealed: true },
  deliveries: { reason: true },
  reports: { note: true },
  mailbox: { sealed: true },
};

/** A column of sealed text, in a table whose rows have an `id`. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

/** Every column there is of sealed text. */
export const SEALED_COLUMNS: readonly SealedColumn[] = Object.entries(SEALED).flatMap(([table, columns]) =>
  Object.keys(columns).map((column) => ({ table, column })),
);

/** How many values of a column are sealed under which key, by its id. */
export async function countByKey(db: Database, { table, column }: SealedColumn): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ keyId: string; total: number }>`
    select ${keyIdIn(column)} as key_id, count(*) as total from ${sql.table(table)}
    where ${sql.ref(column)} is not null group by ${keyIdIn(column)}`.execute(db.sql);
  return new Map(rows.map(({ keyId, total }) => [keyId, Number(total)]));
}

const AT_ONCE = 100;

/**
 * Seals anew, under today's key, the next values of a column that are under one of the keys before it: those of rows after that id, at most
 * a hundred. Gives the ids of their rows, in their order; empty: none are left. Belongs into a transaction.
 */
export async function resealSome(
  tx: Database,
  { table, column }: SealedColumn,
  after: string,
): Promise<readonly string[]> {
  const [, ...before] = tx.sealer.keyIds;
  if (before.length === 0) return [];
  const { rows } = await sql<{ id: string; sealed: SealedText }>`
    select id, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where id > ${after} and ${keyIdIn(column)} in (${sql.join(before)})
    order by id limit ${AT_ONCE} ${sql.raw(tx.engine === 'postgres' ? 'for update' : '')}`.execute(tx.sql);
  for (const { id, sealed } of rows) {
    const anew = tx.sealer.seal(tx.sealer.open(sealed));
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew} where id = ${id}`.execute(tx.sql);
  }
  return rows.map(({ id }) => id);
}

function keyIdIn(column: string) {
  return sql`substr(${sql.ref(column)}, 1, ${sql.lit(KEY_ID_LENGTH)})`;
}
