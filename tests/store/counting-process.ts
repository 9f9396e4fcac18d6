import { closeDatabase, inTransaction, openDatabase } from '../../src/store/database.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { countOne, countsOf } from '../../src/store/counts.ts';
import { sealer } from '../../src/store/seal.ts';

// A second process on the same database: counts ten times, reading before it writes, so that its transactions meet those of others.
const [databaseUrl = '', file = ''] = process.argv.slice(2);
const db = await openDatabase({ databaseUrl: databaseUrl || null, file, sealer: sealer('a key') });
const one = { campaignId: 'counted', day: '2026-11-23', areaCode: 'E09000028', route: 'copied' } as const;
await ensureCampaign(db, 'counted', new Date(0));
for (let times = 0; times < 10; times++) {
  await inTransaction(db, async (tx) => {
    await countsOf(tx, 'counted');
    await countOne(tx, one);
  });
}
await closeDatabase(db);
