import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailDeliverer } from '../../src/actions/deliver-next.ts';
import { signedReturnPaths } from '../../src/actions/return-path.ts';
import { smtp } from '../../src/mail/transport.ts';
import { ensureCampaign } from '../../src/store/campaigns.ts';
import { closeDatabase, openDatabase } from '../../src/store/database.ts';
import { deliveryById } from '../../src/store/deliveries.ts';
import { enqueue, nextDueAt } from '../../src/store/outbox.ts';
import { returnsOf } from '../../src/store/returned-mails.ts';
import { sealer } from '../../src/store/seal.ts';
import { aDatabase, aDelivery, CAMPAIGN } from '../builders.ts';
import { aReturnDesk, keepDelivery, SECRET_KEY } from '../return-desk.ts';
import { aMessage } from './a-message.ts';
import { nobodyListens } from './mail-servers.ts';
import { aPostfix, giveToNobody, noPostfix, othersMayRead } from './postfix.ts';
import { returned } from './returned/samples.ts';

/** Milliseconds: Postfix comes again within two seconds and gives up after eight, on a machine that has nothing else to do. */
const PATIENCE = { timeout: 40_000, interval: 200 };

const portIn = (url: string) => Number(new URL(url).port);

const ROOT = new URL('../../', import.meta.url).pathname;
const varDir = mkdtempSync(join(tmpdir(), 'pennypost-piped-'));

/** As docs/operating.md tells operators to write it, on one line. */
function pipeService(varDir: string): string {
  const settings = `{VAR_DIR=${varDir}} {SECRET_KEY=${SECRET_KEY}} BOUNCE_DOMAIN=piped.example`;
  const command = `${process.execPath} --disable-warning=ExperimentalWarning src/pennypost.ts bounce --to \${recipient}`;
  return `piped unix - n n - 1 pipe flags=R user=nobody directory=${ROOT} null_sender= argv=/usr/bin/env ${settings} ${command}\n`;
}

describe.skipIf(noPostfix)('a real Postfix', () => {
  const store = aDatabase();
  let desk: Awaited<ReturnType<typeof aReturnDesk>>;
  let postfix: Awaited<ReturnType<typeof aPostfix>>;
  let relay: ReturnType<typeof smtp>;
  let relayPort: number;
  beforeAll(async () => {
    desk = await aReturnDesk(store.db, () => new Date());
    relayPort = portIn(await nobodyListens());
    postfix = await aPostfix({
      port: relayPort,
      transports: {
        'returns.example': `smtp:[127.0.0.1]:${desk.port}`,
        'piped.example': 'piped:',
        'unreachable.example': `smtp:[127.0.0.1]:${portIn(await nobodyListens())}`,
      },
      services: pipeService(varDir),
    });
    relay = smtp(`smtp://127.0.0.1:${relayPort}`);
  });
  afterAll(async () => {
    relay?.close();
    await postfix?.stop();
    await desk?.close();
    rmSync(varDir, { recursive: true, force: true });
  });

  /** Sends a letter through it. Gives the delivery. */
  async function letterTo(address: string): Promise<string> {
    const delivery = await keepDelivery(store.db, randomUUID());
    const returnPath = desk.paths.returnPathFor(delivery, 1, new Date());
    expect(
      await relay.send(aMessage({ id: `${delivery}.letter@campaign.example`, returnPath, to: { name: '', address } })),
    ).toEqual({
      outcome: 'accepted',
    });
    return delivery;
  }

  const backFor = (delivery: string) => async () =>
    (await returnsOf(store.db, delivery)).map(({ kind, reason }) => [kind, reason]);

  test(
    'sends back what nobody has a mailbox for, and what does not fit into one, each to its own delivery',
    { timeout: 60_000 },
    async () => {
      const [unknown, full, here] = await Promise.all(
        ['nobody', 'full', 'here'].map((who) => letterTo(`${who}@council.example`)),
      );

      await expect.poll(backFor(unknown!), PATIENCE).toEqual([['hard bounce', 'no such mailbox']]);
      await expect.poll(backFor(full!), PATIENCE).toEqual([['mailbox full', 'mailbox full']]);
      expect(await returnsOf(store.db, here!)).toEqual([]);
    },
  );

  test(
    'sends back what does not fit into a mailbox, and takes it again once there is room',
    { timeout: 60_000 },
    async () => {
      postfix.fill('full');
      const delivery = await keepDelivery(store.db, randomUUID(), { email: 'full@council.example', state: 'queued' });
      const state = async () => (await deliveryById(store.db, delivery))?.state;
      const takeDue = mailDeliverer({
        db: store.db,
        compose: (mail, letter, { id } = aDelivery(), { attempt = 0 } = {}) =>
          aMessage({
            id: `${id}.${mail.kind}@campaign.example`,
            returnPath: desk.paths.returnPathFor(id, attempt, new Date()),
            to: { name: '', address: letter.to[0]!.email },
          }),
        send: relay.send,
        whoIsGone: async () => null,
        turns: { take: async () => ({ done: () => {} }) },
        testing: false,
        tell: () => {},
        chance: () => 0.5,
        clock: () => now,
      });
      let now = new Date();
      const work = async () => {
        for (const task of await takeDue(1)) await task();
      };
      await enqueue(store.db, { kind: 'letter', letterId: `letter of ${delivery}`, deliveryId: delivery }, now);
      await work();
      await expect.poll(state, PATIENCE).toBe('deferred');
      expect(await backFor(delivery)()).toEqual([['mailbox full', 'mailbox full']]);

      postfix.empty('full');
      now = (await nextDueAt(store.db))!;
      await work();
      expect(await state()).toBe('handed over');
      await expect.poll(() => postfix.mailIn('full'), PATIENCE).toContain(`<${delivery}.letter@campaign.example>`);
      expect(postfix.mailIn('full').match(/^Message-ID: /gim)).toHaveLength(1);
      expect(await backFor(delivery)()).toHaveLength(1);
    },
  );

  test('warns of a server that it cannot reach, and then gives up', { timeout: 60_000 }, async () => {
    const delivery = await letterTo('mo.member@unreachable.example');

    await expect.poll(backFor(delivery), PATIENCE).toEqual([
      ['delayed', 'server unreachable'],
      ['soft bounce', 'server unreachable'],
    ]);
  });

  test('keeps a bounce while our side fails, and brings it again', { timeout: 60_000 }, async () => {
    desk.seen.broken = true;
    const delivery = await letterTo('nobody@council.example');
    await expect.poll(() => postfix.log(), PATIENCE).toMatch(/status=deferred \(host [^)]*said: 451 4\.3\.0/);
    expect(await returnsOf(store.db, delivery)).toEqual([]);

    desk.seen.broken = false;
    await expect.poll(backFor(delivery), PATIENCE).toEqual([['hard bounce', 'no such mailbox']]);
  });

  test('carries a person’s reply on to the supporter', { timeout: 60_000 }, async () => {
    const delivery = await letterTo('here@council.example');
    const to = desk.paths.returnPathFor(delivery, 1, new Date());
    const mail = createTransport({ host: '127.0.0.1', port: relayPort, ignoreTLS: true });
    await mail.sendMail({ envelope: { from: 'here@council.example', to }, raw: returned('reply') });

    await expect.poll(backFor(delivery), PATIENCE).toEqual([['reply', null]]);
    expect(desk.seen.forwarded.at(-1)!.toString()).toContain('We have 12 of them');
  });

  test(
    'asks us about a return path, and refuses a forged one while its sender is there',
    { timeout: 60_000 },
    async () => {
      const mail = createTransport({ host: '127.0.0.1', port: relayPort, ignoreTLS: true });
      const forged = desk.paths
        .returnPathFor(randomUUID(), 1, new Date())
        .replace(/.(?=@)/, (last) => (last === 'a' ? 'b' : 'a'));
      const sent = mail.sendMail({ envelope: { from: '', to: forged }, raw: returned('postfix-unknown-there') });

      await expect(sent).rejects.toThrow(/550 5\.1\.1 .*No such return path/);
    },
  );

  test.skipIf(!othersMayRead(ROOT))(
    'hands bounces to the command line, and heeds its exit codes',
    { timeout: 60_000 },
    async () => {
      const path = (delivery: string) =>
        signedReturnPaths([SECRET_KEY], 'piped.example').returnPathFor(delivery, 1, new Date());
      const open = () =>
        openDatabase({ databaseUrl: null, file: join(varDir, 'pennypost.sqlite'), sealer: sealer(SECRET_KEY) });
      const db = await open();
      await ensureCampaign(db, CAMPAIGN, new Date());
      const delivery = await keepDelivery(db, randomUUID());
      await closeDatabase(db);
      giveToNobody(varDir);

      const bounce = { from: '', raw: returned('postfix-full-there') };
      const mail = createTransport({ host: '127.0.0.1', port: relayPort, ignoreTLS: true });
      await mail.sendMail({ ...bounce, envelope: { from: '', to: path(delivery) } });
      await expect.poll(() => postfix.log(), PATIENCE).toMatch(/relay=piped, .*dsn=2\.0\.0, status=sent/);
      await mail.sendMail({ ...bounce, envelope: { from: '', to: 'bounce+forged@piped.example' } });
      await expect
        .poll(() => postfix.log(), PATIENCE)
        .toMatch(/relay=piped, .*dsn=5\.1\.1, status=bounced \(user unknown/);

      const after = await open();
      expect(await returnsOf(after, delivery)).toMatchObject([{ kind: 'mailbox full' }]);
      await closeDatabase(after);
    },
  );
});
