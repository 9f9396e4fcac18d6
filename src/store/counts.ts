import type { Route } from '../domain/route.ts';
import type { Database } from './database.ts';

/** Letters that left by one route, from one area, on one day ("YYYY-MM-DD", London). Nothing about who. */
export interface Counted {
  readonly campaignId: string;
  readonly day: string;
  readonly areaCode: string;
  readonly route: Route;
}

export async function countOne(db: Database, { campaignId, day, areaCode, route }: Counted): Promise<void> {
  await db.sql
    .insertInto('counts')
    .values({ campaignId, day, areaCode, route, total: 1 })
    .onConflict((clash) =>
      clash
        .columns(['campaignId', 'day', 'areaCode', 'route'])
        .doUpdateSet((row) => ({ total: row('counts.total', '+', 1) })),
    )
    .execute();
}

/** Every count of a campaign, by day, area and route. */
export function countsOf(db: Database, campaignId: string): Promise<readonly (Counted & { readonly total: number })[]> {
  return db.sql
    .selectFrom('counts')
    .select(['campaignId', 'day', 'areaCode', 'route', 'total'])
    .where('campaignId', '=', campaignId)
    .orderBy('day')
    .orderBy('areaCode')
    .orderBy('route')
    .execute();
}
