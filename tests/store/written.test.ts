import { expect, test } from 'vitest';
import { councilId, mpId } from '../../src/domain/addressee.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { inTransaction } from '../../src/store/database.ts';
import { claimTurn, forgetTurns, lastWritten } from '../../src/store/written.ts';
import { after, CAMPAIGN, days, NOON, onBothEngines } from '../builders.ts';

onBothEngines('the turn to write', (store) => {
  const TURN = { campaignId: CAMPAIGN, person: ['ada'] as const, to: mpId('E14001085') };
  const MONTH = days(30);

  test('is taken once in a month', async () => {
    expect(await claimTurn(store.db, TURN, NOON, MONTH)).toBe(true);
    expect(await claimTurn(store.db, TURN, after(NOON, MONTH - 1), MONTH)).toBe(false);
    expect(await claimTurn(store.db, TURN, after(NOON, MONTH), MONTH)).toBe(true);
    expect(await claimTurn(store.db, TURN, after(NOON, MONTH + 1), MONTH)).toBe(false);
  });

  test('is taken by one of many who try at the same time', async () => {
    const turns = await Promise.all([1, 2, 3, 4].map(() => claimTurn(store.db, TURN, NOON, MONTH)));

    expect(turns.filter(Boolean)).toHaveLength(1);
  });

  test('of another person, to another addressee or in another campaign is another turn', async () => {
    await ensureCampaign(store.db, 'another', NOON);
    await claimTurn(store.db, TURN, NOON, MONTH);

    expect(await claimTurn(store.db, { ...TURN, person: ['bob'] }, NOON, MONTH)).toBe(true);
    expect(await claimTurn(store.db, { ...TURN, to: councilId('E09000028') }, NOON, MONTH)).toBe(true);
    expect(await claimTurn(store.db, { ...TURN, campaignId: 'another' }, NOON, MONTH)).toBe(true);
  });

  test('is given back when what it was taken for fails', async () => {
    const failing = inTransaction(store.db, async (tx) => {
      await claimTurn(tx, TURN, NOON, MONTH);
      throw new Error('the power went');
    });

    await expect(failing).rejects.toThrow('the power went');
    expect(await claimTurn(store.db, TURN, NOON, MONTH)).toBe(true);
  });

  test('is remembered with its time until it is forgotten', async () => {
    expect(await lastWritten(store.db, TURN)).toBeUndefined();
    await claimTurn(store.db, TURN, NOON, MONTH);
    expect(await lastWritten(store.db, TURN)).toEqual(NOON);

    expect(await forgetTurns(store.db, NOON)).toBe(0);
    expect(await forgetTurns(store.db, after(NOON, 1))).toBe(1);
    expect(await lastWritten(store.db, TURN)).toBeUndefined();
  });
});
