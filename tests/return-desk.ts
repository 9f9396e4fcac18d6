import { returnFollower } from '../src/actions/follow-return.ts';
import { readConfig } from '../src/config.ts';
import type { DeliveryState } from '../src/domain/delivery.ts';
import type { NotedReturn } from '../src/domain/returned-mail.ts';
import { openLog } from '../src/log.ts';
import { openMails } from '../src/render/mails.ts';
import { listenWhereAsked, openReturnDesk } from '../src/returns.ts';
import type { Database } from '../src/store/database.ts';
import { insertDeliveries } from '../src/store/deliveries.ts';
import { aCampaign, aDelivery, aLetter, aLetterAddressee, keep, NOON } from './builders.ts';

export const BOUNCE_DOMAIN = 'returns.example';
export const SECRET_KEY = 'a secret key that only the tests know';

/** A desk that listens on the loopback and sends nothing on but notes it. */
export async function aReturnDesk(db: Database, clock: () => Date) {
  const seen = {
    forwarded: [] as Buffer[],
    followed: [] as NotedReturn[],
    /** While true, what follows from a bounce fails. */
    broken: false,
  };
  const follow = returnFollower({ chance: () => 0.5 });
  const config = readConfig({ BOUNCE_DOMAIN, BOUNCE_SMTP_PORT: '0' });
  const desk = openReturnDesk({
    config,
    domain: BOUNCE_DOMAIN,
    secretKeys: [SECRET_KEY],
    db,
    forward: async (_, raw) => {
      seen.forwarded.push(raw);
      return { outcome: 'accepted' };
    },
    mails: openMails(new URL('../templates/mail/', import.meta.url)),
    campaign: aCampaign(),
    publicUrl: new URL('https://write.example.org'),
    follow: async (tx, delivery, noted) => {
      if (seen.broken) throw new Error('the database is away');
      seen.followed.push(noted);
      await follow(tx, delivery, noted);
    },
    clock,
  });
  const listener = await listenWhereAsked({ config, desk, log: openLog('silent'), clock });
  return { ...desk, seen, port: listener.port ?? 0, close: listener.close };
}

/** A bounce about "delivery-1", as it is noted. */
export const A_BOUNCE: NotedReturn = {
  deliveryId: 'delivery-1',
  attempt: 1,
  kind: 'hard bounce',
  judgement: 'refused',
  reason: 'no such mailbox',
  detail: '550 5.1.1 unknown',
  recipient: 'mo.member@parliament.example',
  once: 'abc',
  at: NOON,
};

/** A letter that was handed over, unless it is said otherwise, with an id that a return path can be made for. */
export async function keepDelivery(
  db: Database,
  id: string,
  { email = 'mo.member@parliament.example', state = 'handed over' as DeliveryState } = {},
): Promise<string> {
  const letterId = `letter of ${id}`;
  await keep(db, aLetter({ id: letterId, state: 'confirmed', to: [aLetterAddressee({ email })] }));
  await insertDeliveries(db, [aDelivery({ id, letterId, state })]);
  return id;
}
