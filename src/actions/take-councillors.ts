import { doubtAbout, sizeOf, type ListDoubt } from '../domain/councillor-list-doubt.ts';
import type { FoundList } from '../domain/found-list.ts';
import { knownSize } from '../domain/known-list.ts';
import { discardHeld, holdList, keepList, knownListOf, listStateOf, wasDiscarded } from '../store/councillor-lists.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { raiseNotice, settleNotices } from '../store/notices.ts';

/** What became of a list: `newer-here`: what we have is newer, and stays; `discarded`: a person has turned down the very same. */
export type Taken = 'taken' | 'newer-here' | ListDoubt | 'discarded';

/** Believes a council's new list or, where it is doubtful beside the last one, holds it for a person and tells the organisers. */
export function takeCouncillors(db: Database, found: FoundList, now: Date): Promise<Taken> {
  return inTransaction(db, async (tx) => {
    const judged = await judge(tx, found);
    if (judged === 'taken') {
      await keepList(tx, found);
      await settleNotices(tx, heldNotice(found), now);
    }
    if (judged === 'shrunk' || judged === 'lost-emails') {
      await holdList(tx, found, now);
      await raiseNotice(tx, { ...heldNotice(found), detail: { doubt: judged } }, now);
    }
    return judged;
  });
}

/** What would become of a list, changing nothing. */
export async function judge(db: Database, found: FoundList): Promise<Taken> {
  const known = await knownListOf(db, found.list.councilCode);
  if (known && known.asOf > found.at) return 'newer-here';
  const doubt = doubtAbout(sizeOf(found.list), known && knownSize(known));
  if (doubt === null) return 'taken';
  return (await wasDiscarded(db, found)) ? 'discarded' : doubt;
}

/** A person has looked at the list that is held, and believes it. */
export function acceptHeld(db: Database, councilCode: string, now: Date): Promise<Taken | 'nothing-held'> {
  return inTransaction(db, async (tx) => {
    const held = (await listStateOf(tx, councilCode))?.held;
    if (!held) return 'nothing-held';
    const kept = await keepList(tx, held);
    if (kept) await settleNotices(tx, heldNotice(held), now);
    return kept ? 'taken' : 'newer-here';
  });
}

/** A person has looked at the list that is held, and does not believe it. False: there is none. */
export function discardHeldList(db: Database, councilCode: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const held = (await listStateOf(tx, councilCode))?.held;
    if (!held) return false;
    await discardHeld(tx, held);
    await settleNotices(tx, heldNotice(held), now);
    return true;
  });
}

function heldNotice({ list }: FoundList) {
  return { kind: 'list held', areaCode: list.councilCode, addresseeId: null } as const;
}
