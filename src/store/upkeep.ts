import type { ReturnKind } from '../domain/returned-mail.ts';
import type { Held, ListStanding } from '../domain/upkeep.ts';
import type { Database } from './database.ts';

/** The deliveries that are held for a person. */
export async function heldNow(db: Database): Promise<Held> {
  const { total, since } = await db.sql
    .selectFrom('deliveries')
    .select((row) => [row.fn.countAll<number>().as('total'), row.fn.min('movedAt').as('since')])
    .where('state', '=', 'held')
    .executeTakeFirstOrThrow();
  return { total, since: since === null ? undefined : new Date(since) };
}

/** How many mails of each kind came back since then. */
export async function returnedSince(db: Database, since: Date): Promise<ReadonlyMap<ReturnKind, number>> {
  const rows = await db.sql
    .selectFrom('returnedMails')
    .select((row) => ['kind', row.fn.countAll<number>().as('total')])
    .where('at', '>=', since.getTime())
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, total }) => [kind, total]));
}

/** How many councils' lists stand how. */
export async function listsByStanding(db: Database): Promise<ReadonlyMap<ListStanding, number>> {
  const rows = await db.sql
    .selectFrom('councillorLists')
    .select((row) => [
      row
        .case()
        .when('held', 'is not', null)
        .then('held' as const)
        .when('source', 'is', null)
        .then('none' as const)
        .when('problem', 'is not', null)
        .then('failing' as const)
        .else('good' as const)
        .end()
        .as('standing'),
      row.fn.countAll<number>().as('total'),
    ])
    .groupBy('standing')
    .execute();
  return new Map(rows.map(({ standing, total }) => [standing, total]));
}
