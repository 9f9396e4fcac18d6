import { LRUCache } from 'lru-cache';
import { err, ok, type Result } from '../domain/result.ts';
import type { Database } from '../store/database.ts';
import { recall, remember } from '../store/remembered.ts';
import { inPassing } from './in-passing.ts';

export interface Remembered<T> {
  readonly answer: T;
  /** When the upstream gave it. */
  readonly at: Date;
  /** True when it is older than it should be, because the upstream could not be asked. */
  readonly late: boolean;
}

interface Needs<T, F> {
  readonly db: Database;
  /** Names the kind of answer in the database; goes up with the answer's shape: "seat.2". */
  readonly kind: string;
  readonly freshForMs: number;
  readonly ask: (key: string) => Promise<Result<T, F>>;
  /** Whether this failure means that the upstream told us nothing, so that an older answer may serve. */
  readonly silent: (failure: F) => boolean;
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

/** About 10 MB of places. */
const MOST_IN_MEMORY = 20_000;

/** After a silence the older answer serves this long before the upstream is asked again. */
const PATIENCE_MS = 60_000;

/** A look-up that remembers: in memory, in the database, and, when the upstream is silent, past its time. Identical look-ups at once share one request. */
export function remembering<T, F>({
  db,
  kind,
  freshForMs,
  ask,
  silent,
  complain,
  clock,
}: Needs<T, F>): (key: string) => Promise<Result<Remembered<T>, F>> {
  const memory = new LRUCache<string, { answer: T; at: number; servedUntil: number; late: boolean }>({
    max: MOST_IN_MEMORY,
  });
  const underWay = new Map<string, Promise<Result<Remembered<T>, F>>>();

  const keep = (key: string, answer: T, at: Date, late: boolean): Remembered<T> => {
    const servedUntil = late ? clock().getTime() + PATIENCE_MS : at.getTime() + freshForMs;
    memory.set(key, { answer, at: at.getTime(), servedUntil, late });
    return { answer, at, late };
  };

  const find = async (key: string): Promise<Result<Remembered<T>, F>> => {
    const older = await recall(db, `${kind}:${key}`);
    if (older && clock().getTime() - older.at.getTime() < freshForMs)
      return ok(keep(key, older.answer as T, older.at, false));

    const asked = await ask(key);
    if (asked.ok) {
      await inPassing(() => remember(db, `${kind}:${key}`, asked.value, clock()), complain);
      return ok(keep(key, asked.value, clock(), false));
    }
    return older && silent(asked.error) ? ok(keep(key, older.answer as T, older.at, true)) : err(asked.error);
  };

  return (key) => {
    const held = memory.get(key);
    if (held && clock().getTime() < held.servedUntil)
      return Promise.resolve(ok({ answer: held.answer, at: new Date(held.at), late: held.late }));
    const shared = underWay.get(key) ?? find(key).finally(() => underWay.delete(key));
    underWay.set(key, shared);
    return shared;
  };
}
