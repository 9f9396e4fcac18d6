import { inTransaction, type Database } from '../store/database.ts';
import { holdLetter, letterById, moveLetter } from '../store/letters.ts';
import { scrubLetter } from '../store/scrub.ts';
import type { Links } from './links.ts';

/** What stands behind the link "it wasn't me". Looking changes nothing: mail filters follow every link. */
export type WithdrawalState = 'can be withdrawn' | 'already sent' | 'nothing here';

export interface Withdrawals {
  readonly look: (token: string) => Promise<WithdrawalState>;
  /** Takes a letter back that nobody has confirmed, and forgets who wrote it and what at once. False: there was none to take back. */
  readonly withdraw: (token: string) => Promise<boolean>;
}

interface Needs {
  readonly db: Database;
  readonly links: Links;
  readonly clock: () => Date;
}

/** For whoever gets a confirmation mail for a letter that they did not write. */
export function letterWithdrawals({ db, links, clock }: Needs): Withdrawals {
  return {
    async look(token) {
      const id = links.letterIn('not-me', token);
      const letter = id === undefined ? undefined : await letterById(db, id);
      if (!letter) return 'nothing here';
      return letter.state === 'awaiting confirmation' ? 'can be withdrawn' : 'already sent';
    },
    async withdraw(token) {
      const id = links.letterIn('not-me', token);
      if (id === undefined) return false;
      return inTransaction(db, async (tx) => {
        const letter = await holdLetter(tx, id);
        if (letter?.state !== 'awaiting confirmation') return false;
        await moveLetter(tx, letter, 'withdrawn', clock());
        await scrubLetter(tx, id);
        return true;
      });
    },
  };
}
