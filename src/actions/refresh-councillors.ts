import { existsOn } from '../domain/council-on.ts';
import type { Council } from '../domain/council.ts';
import type { ListProblem } from '../domain/councillor-list-doubt.ts';
import type { ListAnswer, ListFailure, Validators } from '../domain/councillor-list.ts';
import { FAILING_TOO_LONG, nextAskAfterAnswer, nextAskAfterFailure } from '../domain/list-waits.ts';
import { londonDay } from '../domain/london-time.ts';
import type { Result } from '../domain/result.ts';
import { expectLists, noteUnchanged, type ListState } from '../store/councillor-lists.ts';
import { claimNextList, giveListBack, noteTry } from '../store/councillor-turns.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { raiseNotice, settleNotices } from '../store/notices.ts';
import { takeCouncillors } from './take-councillors.ts';

/** Asks a council's own system who sits on it; `stop` ends the request. */
export type AskCouncil = (
  council: Council,
  validators: Validators | null,
  stop: AbortSignal,
) => Promise<Result<ListAnswer, ListFailure>>;

interface Needs {
  readonly db: Database;
  readonly councils: readonly Council[];
  readonly ask: AskCouncil;
  /** From 0 to 1, so that councils are not all asked at the same hour. */
  readonly chance: () => number;
  /** Hears of every list that we did not get, by the council's code. */
  readonly complain: (event: string, detail: string) => void;
  readonly clock: () => Date;
}

/** Asks the one council whose list is due longest. True: one was due. */
export type RefreshNext = (stop: AbortSignal) => Promise<boolean>;

/** Keeps the lists of all councils that run ModernGov fresh, one request at a time. A council that fails keeps its last good list. */
export function councillorRefresher(needs: Needs): RefreshNext {
  const { db, councils, clock } = needs;
  let expectedOn = '';
  return async (stop) => {
    const today = londonDay(clock());
    const askable = askableOn(today, councils);
    if (expectedOn !== today) await expectLists(db, [...askable.keys()], clock());
    expectedOn = today;
    const state = await claimNextList(db, [...askable.keys()], clock());
    const council = state && askable.get(state.councilCode);
    if (!council) return false;
    await refresh(needs, council, state, stop);
    return true;
  };
}

/** By code. A council that does not exist yet, or no longer, is not asked. */
function askableOn(today: string, councils: readonly Council[]): ReadonlyMap<string, Council> {
  const askable = councils.filter((council) => council.moderngov !== null && existsOn(council, today));
  return new Map(askable.map((council) => [council.code, council]));
}

async function refresh(needs: Needs, council: Council, state: ListState, stop: AbortSignal): Promise<void> {
  const { db, ask, complain, clock } = needs;
  const askedAt = clock();
  const answer = await tryTo(() => ask(council, state.validators, stop));
  if (stop.aborted && !('ok' in answer && answer.ok)) return giveListBack(db, council.code, clock());

  const failure = 'thrown' in answer ? 'unavailable' : answer.ok ? null : answer.error;
  const problem = await inTransaction(db, async (tx) => {
    const problem = 'ok' in answer && answer.ok ? await take(tx, council, answer.value, askedAt, clock()) : failure;
    await noteEnd({ ...needs, db: tx }, state, problem, failure !== null);
    return problem;
  });
  if (problem) complain('no list of councillors', `${council.code} ${problem}`);
  if ('thrown' in answer) throw new Error(`Asking ${council.code} went wrong`, { cause: answer.thrown });
}

/** Catches only to have the try noted first, or the same council would be asked again every minute. */
async function tryTo<T>(ask: () => Promise<T>): Promise<T | { readonly thrown: unknown }> {
  try {
    return await ask();
  } catch (thrown) {
    return { thrown };
  }
}

/** Gives what is wrong with the list, if anything is. */
async function take(
  tx: Database,
  { code }: Council,
  answer: ListAnswer,
  at: Date,
  now: Date,
): Promise<ListProblem | null> {
  if (answer.kind === 'unchanged') {
    await noteUnchanged(tx, code, at);
    await settleNotices(tx, { kind: 'list held', areaCode: code, addresseeId: null }, now);
    return null;
  }
  const { list, validators } = answer;
  const taken = await takeCouncillors(tx, { list, validators, at, source: 'moderngov', origins: {} }, now);
  return taken === 'taken' || taken === 'newer-here' ? null : taken;
}

async function noteEnd(
  { db, chance, clock }: Needs,
  { councilCode, failures: before, failingSince: since, triedAt }: ListState,
  problem: ListProblem | null,
  failed: boolean,
): Promise<void> {
  const at = clock();
  const failures = failed ? before + 1 : 0;
  const failingSince = failed ? (since ?? at) : null;
  const nextTryAt = failed ? nextAskAfterFailure(failures, at) : nextAskAfterAnswer(at, chance());
  await noteTry(db, councilCode, { at, nextTryAt, problem, failures, failingSince });

  const notice = { kind: 'list failing', areaCode: councilCode, addresseeId: null } as const;
  if (!failingSince) return settleNotices(db, notice, at);
  if (!problem || isTooLong(failingSince, triedAt) || !isTooLong(failingSince, at)) return; // said once
  await raiseNotice(db, { ...notice, detail: { problem } }, at);
}

function isTooLong(failingSince: Date, at: Date | null): boolean {
  return at !== null && at.getTime() - failingSince.getTime() >= FAILING_TOO_LONG;
}
