import { describe, expect, inject, test } from 'vitest';
import { MAILS_IN_HAND } from '../src/domain/delivery.ts';
import { killAtRandom } from '../torture/kill.ts';
import { createDatabase } from './postgres.ts';

/** The long form is `npm run torture`. */
const SHORT = { seed: 20_261_125, letters: 20, kills: 3 };

describe('processes that are killed at random moments', () => {
  test.concurrent.each([
    ['SQLite, one process', 1, async (): Promise<string | null> => null],
    ['PostgreSQL, two processes', 2, () => createDatabase(inject('postgresUrl'))],
  ] as const)('lose no letter, and double none without need: %s', { timeout: 240_000 }, async (_, processes, make) => {
    const report = await killAtRandom({ ...SHORT, processes, databaseUrl: await make() });

    expect(report).toMatchObject({
      kills: 3,
      lost: 0,
      strays: 0,
      doubled: 0,
      unexplained: 0,
      states: { delivered: 18 },
    });
    expect(report.mostAtOneKill).toBeLessThanOrEqual(MAILS_IN_HAND);
  });
});
