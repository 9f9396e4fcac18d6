import { mailComposer, type ReturnPathFor } from './actions/compose-mail.ts';
import { mailDeliverer } from './actions/deliver-next.ts';
import { doChores } from './actions/do-chores.ts';
import type { Links } from './actions/links.ts';
import { turnKeeper } from './actions/take-turns.ts';
import { queueWatcher } from './actions/watch-the-queue.ts';
import type { WhoIsGone } from './actions/who-is-gone.ts';
import type { Config } from './config.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Words } from './domain/words.ts';
import type { SendMail } from './mail/message.ts';
import type { Mails } from './render/mails.ts';
import type { Database } from './store/database.ts';
import { claimDuty } from './store/duties.ts';
import { work, type Bell } from './worker.ts';

interface Needs {
  readonly config: Config;
  readonly db: Database;
  readonly links: Links;
  readonly campaign: Campaign;
  readonly publicUrl: URL;
  readonly send: SendMail;
  readonly mails: Mails;
  readonly words: Words;
  /** Where bounces of a delivery come back to; absent: to the sender. */
  readonly returnPathFor: ReturnPathFor | undefined;
  readonly tell: (event: string, detail: string) => void;
  readonly whoIsGone: WhoIsGone;
  /** Tells the operator of an alarm. */
  readonly raise: (event: string, detail: object) => void;
  /** A sign of life, whenever mail is looked for. */
  readonly beat: () => Promise<void>;
  readonly bell: Bell;
  readonly clock: () => Date;
  readonly complain: (cause: unknown) => void;
  readonly stop: AbortSignal;
}

/** Whichever process looks first after that time does them. */
const CHORES_EVERY_MS = 60 * 60 * 1000;

/** Sends what waits in the outbox, and does what follows by the clock. Ends once stopped, with no mail in hand. */
export function openSending({ config, db, bell, beat, complain, stop, ...needs }: Needs): Promise<void> {
  const { send, whoIsGone, tell, clock } = needs;
  const { mailFrom, testLettersTo, alarmTo, pace } = config;
  const testing = testLettersTo !== null;
  const chance = Math.random;
  const compose = mailComposer({ ...needs, mailFrom, testLettersTo });
  const turns = turnKeeper({ db, pace, chance, clock });
  const watchTheQueue = queueWatcher({ ...needs, db, alarmTo, mailFrom, hours: pace.hours });
  const takeDue = mailDeliverer({ db, compose, send, whoIsGone, turns, testing, tell, chance, clock });
  const choresIfDue = async () => {
    if (await claimDuty(db, 'chores', clock(), CHORES_EVERY_MS)) await doChores(db, clock(), testing, complain);
  };
  return work({
    takeDue: async (most) => {
      await beat();
      return takeDue(most);
    },
    chores: () => choresIfDue().finally(watchTheQueue),
    complain,
    clock,
    stop,
    wake: bell,
  });
}
