import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import type { Handover } from '../src/domain/delivery.ts';
import { openLog } from '../src/log.ts';
import { openMails } from '../src/render/mails.ts';
import { listenWhereAsked, openReturnDesk, type ReturnDesk } from '../src/returns.ts';
import { insertDeliveries } from '../src/store/deliveries.ts';
import { returnsOf } from '../src/store/returned-mails.ts';
import { aDatabase, aDelivery, aLetter, keep, NOON } from './builders.ts';
import { returned } from './mail/returned/samples.ts';

const SECRET = 'a secret key that only the tests know';
const DOMAIN = 'returns.example';

describe('mail that comes back to a campaign', () => {
  const store = aDatabase();
  let delivery: string;
  let desk: ReturnDesk;
  let listener: Awaited<ReturnType<typeof listenWhereAsked>>;
  let forwarded: Buffer[];
  let broken: boolean;
  beforeEach(async () => {
    [delivery, forwarded, broken] = [randomUUID(), [], false];
    await keep(store.db, aLetter({ state: 'confirmed' }));
    await insertDeliveries(store.db, [aDelivery({ id: delivery, state: 'handed over' })]);
    const config = readConfig({ BOUNCE_DOMAIN: DOMAIN, BOUNCE_SMTP_PORT: '0' });
    desk = openReturnDesk({
      config,
      domain: DOMAIN,
      secretKey: SECRET,
      db: store.db,
      forward: async (_, raw): Promise<Handover> => {
        forwarded.push(raw);
        return { outcome: 'accepted' };
      },
      mails: openMails(new URL('../templates/mail/', import.meta.url)),
      campaign: {
        id: 'hikvision',
        organisation: 'Free Tibet',
        title: '',
        links: { petition: '', fund: '', reading: '', organisation: '' },
      },
      publicUrl: new URL('https://write.example.org'),
      follow: async () => {
        if (broken) throw new Error('the database is away');
      },
      clock: () => NOON,
    });
    listener = await listenWhereAsked({ config, desk, log: openLog('silent'), clock: () => NOON });
  });
  afterEach(() => listener.close());

  const send = (raw: Buffer, from: string, to = desk.paths.returnPathFor(delivery, NOON)) =>
    createTransport({ host: '127.0.0.1', port: listener.port ?? 0, ignoreTLS: true })
      .sendMail({ envelope: { from, to }, raw })
      .then(
        ({ response }) => response,
        (cause: { response: string }) => cause.response,
      );

  test('is noted against its delivery, once', async () => {
    for (const _ of [1, 2]) expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^250 /);
    expect(await returnsOf(store.db, delivery)).toMatchObject([{ kind: 'hard bounce', reason: 'no such mailbox' }]);
  });

  test('from a person goes on to the supporter, and leaves nothing behind but that it came', async () => {
    expect(await send(returned('reply'), 'mo.member@council.example')).toMatch(/^250 /);
    expect(forwarded.map((raw) => raw.toString().trimEnd())).toEqual([returned('reply').toString().trimEnd()]);
    expect(JSON.stringify(await returnsOf(store.db, delivery))).not.toMatch(/Cameras|council|Member/);
  });

  test('is kept by the other server while ours fails, and noted when it comes again', async () => {
    broken = true;
    expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^451 /);
    expect(await returnsOf(store.db, delivery)).toEqual([]);

    broken = false;
    expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^250 /);
    expect(await returnsOf(store.db, delivery)).toHaveLength(1);
  });

  test('for a well-signed delivery that is gone is taken and dropped', async () => {
    expect(await send(returned('postfix-policy'), '', desk.paths.returnPathFor(randomUUID(), NOON))).toMatch(/^250 /);
  });
});

test('without a port nobody listens', async () => {
  const config = readConfig({ BOUNCE_DOMAIN: DOMAIN });
  const nothing = { desk: {} as ReturnDesk, log: openLog('silent'), clock: () => NOON };
  expect(await listenWhereAsked({ config, ...nothing })).toMatchObject({ port: null });
});
