import { areaCodeIn, councillorId, type AddresseeId } from '../domain/addressee.ts';
import type { CouncillorList } from '../domain/councillor.ts';
import type { ReportedFault } from '../domain/notice.ts';
import type { Registers } from '../domain/place.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isCouncillor } from '../store/councillors.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { raiseNotice } from '../store/notices.ts';
import { insertReport, reportsSince } from '../store/reports.ts';

/** A checked form: what a supporter says is wrong with a contact. */
export interface ReportedContact {
  /** As it came: anybody may have typed it. */
  readonly to: string;
  readonly what: ReportedFault;
  /** '' when they added nothing. */
  readonly note: string;
}

/** Tells the organisers that a contact may be wrong. Nothing else changes by it. */
export type ReportContact = (report: ReportedContact) => Promise<Result<void, 'unknown-addressee'>>;

interface Needs {
  readonly db: Database;
  readonly registers: Registers;
  /** Lists of councils that have none of their own: in practice mode. */
  readonly examples: readonly CouncillorList[];
  readonly newId: () => string;
  readonly clock: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;

/** More about one addressee in a day say nothing that the organisers do not know; they are thanked for, and not kept. */
export const REPORTS_A_DAY = 5;

export function contactReporter({ db, registers, examples, newId, clock }: Needs): ReportContact {
  const known = async (to: string): Promise<AddresseeId | null> =>
    (await isKnown(db, to, registers, examples)) ? (to as AddresseeId) : null;

  return async ({ to, what, note }) => {
    const addresseeId = await known(to);
    if (!addresseeId) return err('unknown-addressee');
    const now = clock();
    const areaCode = areaCodeIn(addresseeId);
    await inTransaction(db, async (tx) => {
      if ((await reportsSince(tx, addresseeId, new Date(now.getTime() - DAY))) >= REPORTS_A_DAY) return;
      await insertReport(tx, { id: newId(), addresseeId, areaCode, what, note: note === '' ? null : note, at: now });
      await raiseNotice(tx, { kind: 'contact reported', areaCode, addresseeId, detail: { what } }, now);
    });
    return ok(undefined);
  };
}

/** Whether there is such a council, MP's seat or councillor. */
async function isKnown(
  db: Database,
  to: string,
  { councils, constituencies }: Registers,
  examples: readonly CouncillorList[],
): Promise<boolean> {
  const [kind, code = '', ...more] = to.split(':');
  if (kind === 'council') return more.length === 0 && councils.byCode(code)?.code === code;
  if (kind === 'mp') return more.length === 0 && constituencies.byCode(code) !== undefined;
  if (kind !== 'councillor') return false;
  return isExample(to, examples) || isCouncillor(db, to as AddresseeId);
}

function isExample(to: string, examples: readonly CouncillorList[]): boolean {
  return examples.some((list) =>
    list.councillors.some(({ councilCode, theirId }) => councillorId(councilCode, theirId) === to),
  );
}
