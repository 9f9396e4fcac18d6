import type { CouncilRegister } from '../domain/council.ts';
import { goneSince, type Gone } from '../domain/gone.ts';
import type { Letter, LetterAddressee } from '../domain/letter.ts';
import { londonDay } from '../domain/london-time.ts';
import type { Database } from '../store/database.ts';
import { gathered } from '../store/gathered.ts';
import { seatsOf } from '../store/seats.ts';
import type { ReadSwitches } from './read-switches.ts';

/** Whether an addressee has left since their letter was written. Asks nobody outside: it is for the moment of sending. */
export type WhoIsGone = (letter: Letter, to: LetterAddressee) => Promise<Gone | null>;

interface Needs {
  readonly db: Database;
  readonly councils: CouncilRegister;
  readonly switches: ReadSwitches;
  readonly clock: () => Date;
}

export function goneFinder({ db, councils, switches, clock }: Needs): WhoIsGone {
  const seatOf = gathered(async (codes: readonly string[]) => {
    const seats = await seatsOf(db, codes);
    return codes.map((code) => seats.get(code));
  });
  return async (letter, to) => {
    const seat = to.kind === 'mp' ? await seatOf(to.areaCode) : undefined;
    const dissolved = (await switches()).has('dissolution');
    return goneSince(letter, to, { dissolved, seat, councils, day: londonDay(clock()) });
  };
}

/** The first addressee of a letter who is gone: none of it is sent then, for its text speaks to all of them. */
export async function firstGone(letter: Letter, whoIsGone: WhoIsGone): Promise<Gone | null> {
  for (const to of letter.to) {
    const gone = await whoIsGone(letter, to);
    if (gone) return gone;
  }
  return null;
}
