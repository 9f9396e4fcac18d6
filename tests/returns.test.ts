import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { openLog } from '../src/log.ts';
import { listenWhereAsked, type ReturnDesk } from '../src/returns.ts';
import { returnsOf } from '../src/store/returned-mails.ts';
import { aDatabase, NOON } from './builders.ts';
import { returned } from './mail/returned/samples.ts';
import { aReturnDesk, BOUNCE_DOMAIN, keepDelivery } from './return-desk.ts';

describe('mail that comes back to a campaign', () => {
  const store = aDatabase();
  let desk: Awaited<ReturnType<typeof aReturnDesk>>;
  let delivery: string;
  beforeEach(async () => {
    delivery = await keepDelivery(store.db, randomUUID());
    desk = await aReturnDesk(store.db, () => NOON);
  });
  afterEach(() => desk.close());

  const send = (raw: Buffer, from: string, to = desk.paths.returnPathFor(delivery, 1, NOON)) =>
    createTransport({ host: '127.0.0.1', port: desk.port, ignoreTLS: true })
      .sendMail({ envelope: { from, to }, raw })
      .then(
        ({ response }) => response,
        (cause: { response: string }) => cause.response,
      );

  test('is noted against its delivery, once', async () => {
    for (const _ of [1, 2]) expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^250 /);
    expect(await returnsOf(store.db, delivery)).toMatchObject([{ kind: 'hard bounce', reason: 'no such mailbox' }]);
    expect(desk.seen.followed).toMatchObject([{ deliveryId: delivery, judgement: 'refused' }]);
  });

  test('from a person goes on to the supporter, and leaves nothing behind but that it came', async () => {
    expect(await send(returned('reply'), 'mo.member@council.example')).toMatch(/^250 /);
    expect(desk.seen.forwarded.map((raw) => raw.toString().trimEnd())).toEqual([
      returned('reply').toString().trimEnd(),
    ]);
    expect(JSON.stringify(await returnsOf(store.db, delivery))).not.toMatch(/Cameras|council|Member/);
  });

  test('is kept by the other server while ours fails, and noted when it comes again', async () => {
    desk.seen.broken = true;
    expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^451 /);
    expect(await returnsOf(store.db, delivery)).toEqual([]);

    desk.seen.broken = false;
    expect(await send(returned('postfix-unknown-there'), '')).toMatch(/^250 /);
    expect(await returnsOf(store.db, delivery)).toHaveLength(1);
  });

  test('for a well-signed delivery that is gone is taken and dropped', async () => {
    const gone = desk.paths.returnPathFor(randomUUID(), 1, NOON);
    expect(await send(returned('postfix-policy'), '', gone)).toMatch(/^250 /);
    expect(await send(returned('reply'), 'mo.member@council.example', gone)).toMatch(/^550 /);
  });
});

test('without a port nobody listens', async () => {
  const config = readConfig({ BOUNCE_DOMAIN });
  const nothing = { desk: {} as ReturnDesk, log: openLog('silent'), clock: () => NOON };
  expect(await listenWhereAsked({ config, ...nothing })).toMatchObject({ port: null });
});
