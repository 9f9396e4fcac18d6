import { describe, expect, test } from 'vitest';
import type { Round } from '../src/actions/refresh-mps.ts';
import { openLog } from '../src/log.ts';
import { goRounds, roundTeller } from '../src/mp-rounds.ts';
import { aDatabase, NOON } from './builders.ts';

const ROUND: Round = { heard: 650, changed: 0, held: false, problems: [], broken: null };

describe('the nightly rounds', () => {
  const store = aDatabase();
  const go = (closed: boolean, refresh: (stop: AbortSignal) => Promise<Round | undefined>) => {
    const stop = new AbortController();
    const told: (Round | undefined)[] = [];
    const complaints: unknown[] = [];
    const looks: Date[] = [];
    const going = goRounds({
      db: store.db,
      refresh: (options) => refresh(options.stop),
      switches: async () => (looks.push(NOON), new Set(closed ? ['dissolution'] : [])),
      tell: (round) => told.push(round),
      complain: (cause) => complaints.push(cause),
      clock: () => NOON,
      stop: stop.signal,
      firstLookAfterMs: 0,
    });
    return { stop, told, complaints, looks, going };
  };

  test('go where one is due, and rest until they are stopped', async () => {
    const { stop, told, going } = go(false, async () => ROUND);
    await expect.poll(() => told).toEqual([ROUND]);
    stop.abort();
    await going;
  });

  test('leave Parliament alone while there are no MPs', async () => {
    const asked: string[] = [];
    const { stop, going } = go(true, async () => (asked.push('asked'), ROUND));
    await new Promise((resolve) => setTimeout(resolve, 30));
    stop.abort();
    await going;
    expect(asked).toEqual([]);
  });

  test('go on after one that failed', async () => {
    const { stop, told, complaints, going } = go(false, async () => {
      throw new Error('the database is away');
    });
    await expect.poll(() => complaints).toMatchObject([{ message: 'the database is away' }]);
    stop.abort();
    await going;
    expect(told).toEqual([]);
  });

  test('hear the signal to stop', async () => {
    const heard: boolean[] = [];
    const refresh = (stop: AbortSignal) =>
      new Promise<Round>((resolve) => stop.addEventListener('abort', () => (heard.push(true), resolve(ROUND))));
    const { stop, going } = go(false, refresh);
    await new Promise((resolve) => setTimeout(resolve, 30));
    stop.abort();
    await going;
    expect(heard).toEqual([true]);
  });

  test('are one process’s at a time, and another’s when that one is stopped', async () => {
    let asked = 0;
    const refresh = (stop: AbortSignal) => {
      asked++;
      return new Promise<undefined>((resolve) => stop.addEventListener('abort', () => resolve(undefined)));
    };
    const one = go(false, refresh);
    await expect.poll(() => asked).toBe(1);
    const other = go(false, refresh);
    await expect.poll(() => other.looks).toHaveLength(1);
    other.stop.abort();
    await other.going;
    expect(asked).toBe(1);

    one.stop.abort();
    await one.going;
    const next = go(false, refresh);
    await expect.poll(() => asked).toBe(2);
    next.stop.abort();
    await next.going;
  });
});

describe('what is logged of a round', () => {
  const said = (round: Round | undefined, practice = false) => {
    const lines: [level: string, event: unknown][] = [];
    const line = (level: string) => (entry: object) => void lines.push([level, { ...entry }]);
    const log = Object.assign(openLog('silent'), { info: line('info'), warn: line('warn'), error: line('error') });
    roundTeller(log, practice)(round);
    return lines.map(([level]) => level);
  };

  test.each<[string, Round | undefined, readonly string[]]>([
    ['one that heard everything', ROUND, ['info']],
    ['one that was stopped', undefined, []],
    ['one that broke off', { ...ROUND, broken: 'unavailable' }, ['warn']],
    ['one with seats that fit none', { ...ROUND, problems: [{ kind: 'not listed', name: 'Ely' }] }, ['warn', 'info']],
    ['one that is held, which a person must look at', { ...ROUND, changed: 21, held: true }, ['error', 'info']],
  ])('%s', (_, round, levels) => {
    expect(said(round)).toEqual(levels);
  });

  test('is nothing in practice mode where Parliament is out of reach', () => {
    expect(said({ ...ROUND, heard: 0, broken: 'unavailable' }, true)).toEqual([]);
  });
});
