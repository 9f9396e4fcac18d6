import { mailComposer } from './actions/compose-mail.ts';
import { mailDeliverer } from './actions/deliver-next.ts';
import { doChores } from './actions/do-chores.ts';
import type { Links } from './actions/links.ts';
import { turnKeeper } from './actions/take-turns.ts';
import type { WhoIsGone } from './actions/who-is-gone.ts';
import type { Config } from './config.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Words } from './domain/words.ts';
import type { SendMail } from './mail/message.ts';
import type { Mails } from './render/mails.ts';
import type { Database } from './store/database.ts';
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
  readonly returnPathFor: ((deliveryId: string) => string) | undefined;
  readonly tell: (event: string, detail: string) => void;
  readonly whoIsGone: WhoIsGone;
  readonly bell: Bell;
  readonly clock: () => Date;
  readonly complain: (cause: unknown) => void;
  readonly stop: AbortSignal;
}

/** Sends what waits in the outbox, and does what follows by the clock. Ends once stopped, with no mail in hand. */
export function openSending({ config, db, bell, complain, stop, ...needs }: Needs): Promise<void> {
  const { send, whoIsGone, tell, clock } = needs;
  const { mailFrom, testLettersTo, pace } = config;
  const testing = testLettersTo !== null;
  const chance = Math.random;
  const compose = mailComposer({ ...needs, mailFrom, testLettersTo });
  const turns = turnKeeper({ db, pace, chance, clock });
  return work({
    takeDue: mailDeliverer({ db, compose, send, whoIsGone, turns, testing, tell, chance, clock }),
    chores: () => doChores(db, clock(), testing),
    complain,
    clock,
    stop,
    wake: bell,
  });
}
