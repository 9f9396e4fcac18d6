import type { CouncillorList } from '../domain/councillor.ts';
import { areaOf, type Area } from '../domain/nation.ts';
import { knownListOf } from '../store/councillor-lists.ts';
import type { Database } from '../store/database.ts';
import { seenWards } from '../store/wards.ts';

/** The wards of a council, or a county's divisions, to choose among, by name. One that only the council's own list names has the code ''. */
export type WardsOf = (councilCode: string) => Promise<readonly Area[]>;

interface Needs {
  readonly db: Database;
  /** Lists of councils that have none of their own: in practice mode. */
  readonly examples: readonly CouncillorList[];
}

/** All seats of the council's list, since it is the whole of them; where there is none, the wards that we have seen. */
export function wardLister({ db, examples }: Needs): WardsOf {
  return async (councilCode) => {
    const list =
      (await knownListOf(db, councilCode)) ?? examples.find((example) => example.councilCode === councilCode);
    return list ? seatsIn(list) : (await seenWards(db, councilCode)).map(areaOf);
  };
}

type Seats = {
  readonly councillors: readonly { readonly seat: string; readonly seatCode: string | null }[];
  readonly vacantSeats: readonly string[];
};

function seatsIn({ councillors, vacantSeats }: Seats): readonly Area[] {
  const codes = new Map(vacantSeats.map((seat) => [seat, '']));
  for (const { seat, seatCode } of councillors) codes.set(seat, seatCode ?? '');
  return [...codes].map(([name, code]) => ({ code, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
