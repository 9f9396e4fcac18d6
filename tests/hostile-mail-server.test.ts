import { afterEach, describe, expect, test } from 'vitest';
import { mailDeliverer } from '../src/actions/deliver-next.ts';
import { turnKeeper } from '../src/actions/take-turns.ts';
import type { Delivery, DeliveryState, Mail } from '../src/domain/delivery.ts';
import type { Letter } from '../src/domain/letter.ts';
import { smtp, type Limits } from '../src/mail/transport.ts';
import { deliveryById, insertDeliveries } from '../src/store/deliveries.ts';
import { enqueue, nextDueAt } from '../src/store/outbox.ts';
import { bell, work } from '../src/worker.ts';
import { aDatabase, aDelivery, after, aLetter, aLetterAddressee, keep, minutes, NOON } from './builders.ts';
import { aMessage } from './mail/a-message.ts';
import { nobodyListens, aMailServer, closeMailServers } from './mail/mail-servers.ts';
import { aHostileServer, HATED, type Hostility } from './stand-ins/hostile-mail-server.ts';

const HASTY: Limits = { connectionTimeout: 500, greetingTimeout: 300, socketTimeout: 300, wholeTimeout: 1_000 };
const PATIENT: Limits = {
  connectionTimeout: 60_000,
  greetingTimeout: 60_000,
  socketTimeout: 60_000,
  wholeTimeout: 60_000,
};
const LIKED = 'liked.example';

const store = aDatabase();
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await closeMailServers();
});

/** The worker as it is, handing over to that server, with letters queued to the hated domain first and one to another domain last. */
async function aRun(url: string, { limits = HASTY, hated = 2 } = {}) {
  let from = { at: NOON, real: performance.now() };
  const clock = () => after(from.at, performance.now() - from.real);
  const mail = smtp(url, limits);
  const stop = new AbortController();
  const wake = bell();
  const pace = { lettersAnHour: 3_600_000, lettersAMinute: 60_000, connections: 2, hours: null };
  const addresses = [...Array.from({ length: hated }, (_, at) => `member-${at}@${HATED}`), `member@${LIKED}`];
  for (const [at, email] of addresses.entries()) await queue(at, email);
  const working = work({
    takeDue: mailDeliverer({
      db: store.db,
      compose: (_mail: Mail, letter: Letter, delivery: Delivery | undefined) =>
        aMessage({ id: `${delivery?.id}.letter@campaign.example`, to: { name: '', address: letter.to[0]!.email } }),
      send: mail.send,
      whoIsGone: async () => null,
      turns: turnKeeper({ db: store.db, pace, chance: () => 0, clock }),
      testing: false,
      tell: () => {},
      chance: () => 0.5,
      clock,
    }),
    chores: async () => {},
    complain: () => {},
    clock,
    stop: stop.signal,
    wake,
  });
  closing.push(async () => {
    stop.abort();
    mail.close();
    await working;
  });
  const stateOf = async (at: number) => (await deliveryById(store.db, `delivery-${at}`))?.state;
  return {
    /** Has the clock go on from there, and the worker look at it. */
    goOnTo: (at: Date) => {
      from = { at, real: performance.now() };
      wake.ring();
    },
    /** Of all of them, the liked one last. */
    states: () => Promise.all(Array.from({ length: hated + 1 }, (_, at) => stateOf(at))),
    hatedStates: () => Promise.all(Array.from({ length: hated }, (_, at) => stateOf(at))),
    likedState: () => stateOf(hated),
  };
}

async function queue(at: number, email: string): Promise<void> {
  const [letterId, deliveryId] = [`letter-${at}`, `delivery-${at}`];
  await keep(store.db, aLetter({ id: letterId, state: 'confirmed', to: [aLetterAddressee({ email })] }));
  await insertDeliveries(store.db, [aDelivery({ id: deliveryId, letterId })]);
  await enqueue(store.db, { kind: 'letter', letterId, deliveryId }, after(NOON, at - 1_000));
}

async function aHostileRun(hostility: Hostility, options = {}) {
  const server = await aHostileServer(hostility);
  closing.push(server.close);
  const url = hostility.at === 'AUTH' ? server.url.replace('//', '//us:password@') : server.url;
  return { ...(await aRun(url, options)), taken: server.taken };
}

const says = (reply: string) => () => reply;
const both = <State>(state: State) => [state, state];

describe('a mail server that is hostile to one domain', () => {
  test.each<[string, Hostility, DeliveryState]>([
    ['falls silent when told to whom', { at: 'RCPT', does: 'silence' }, 'deferred'],
    ['falls silent before the letter', { at: 'DATA', does: 'silence' }, 'deferred'],
    ['falls silent after the letter', { at: '.', does: 'silence' }, 'deferred'],
    ['answers a byte at a time', { at: 'RCPT', does: 'drip' }, 'deferred'],
    ['says yes a byte at a time', { at: '.', does: 'drip' }, 'deferred'],
    ['hangs up when told to whom', { at: 'RCPT', does: 'hang up' }, 'deferred'],
    ['hangs up before the letter', { at: 'DATA', does: 'hang up' }, 'deferred'],
    ['hangs up after the letter', { at: '.', does: 'hang up' }, 'deferred'],
    ['says yes and hangs up', { at: '.', does: 'yes and hang up' }, 'handed over'],
    ['goes down in the middle', { at: 'RCPT', does: says('421 4.3.2 Going down') }, 'deferred'],
    ['goes down after the letter', { at: '.', does: says('421 4.3.2 Going down') }, 'deferred'],
    ['says yes in many lines', { at: 'RCPT', does: says('250-well\r\n250-yes\r\n250 fine') }, 'handed over'],
    ['says no in many lines', { at: 'RCPT', does: says('550-5.1.1 No such\r\n550 5.1.1 mailbox') }, 'refused'],
    ['says no, not now, in many lines', { at: '.', does: says('451-4.3.0 Not\r\n451 4.3.0 now') }, 'deferred'],
    ['says something that is no reply', { at: 'RCPT', does: says('what?') }, 'deferred'],
    ['says something that is no reply, after the letter', { at: '.', does: says('¿qué?') }, 'deferred'],
    ['says a number that means nothing', { at: '.', does: says('999 what') }, 'held'],
    ['does not want so big a letter', { at: '.', does: says('552 5.3.4 Message too big') }, 'refused'],
    ['has no room for it', { at: '.', does: says('552 5.2.2 Mailbox full') }, 'deferred'],
  ])('that %s', async (_, hostility, state) => {
    const run = await aHostileRun(hostility);

    await expect.poll(run.likedState, { timeout: 15_000 }).toBe('handed over');
    await expect.poll(run.hatedStates, { timeout: 15_000 }).toEqual(both(state));
    const times = (email: string) => run.taken.filter((to) => to === email).length;
    expect(times(`member@${LIKED}`)).toBe(1);
    expect(times(`member-0@${HATED}`)).toBe(state === 'handed over' ? 1 : 0);
  });

  test.each<Hostility>([
    { at: 'RCPT', does: 'silence' },
    { at: 'DATA', does: 'silence' },
    { at: '.', does: 'drip' },
  ])('does not hold up another domain’s letter, however many wait for it ($at: $does)', async (hostility) => {
    const run = await aHostileRun(hostility, { limits: PATIENT, hated: 12 });

    await expect.poll(run.likedState, { timeout: 15_000 }).toBe('handed over');
    expect(new Set(await run.hatedStates())).toEqual(new Set(['queued']));
  });

  test('that asks to come back in five minutes has the letter once they have passed, and not before', async () => {
    let now = NOON;
    const minutesUntilNext = async () =>
      Math.round(((await nextDueAt(store.db))!.getTime() - NOON.getTime()) / minutes(1));
    const greylists = () => (now < after(NOON, minutes(5)) ? '451 4.7.1 Come back in five minutes' : '250 fine');
    const run = await aHostileRun({ at: 'RCPT', does: greylists });
    await expect.poll(run.hatedStates, { timeout: 15_000 }).toEqual(both('deferred'));
    await expect.poll(minutesUntilNext, { timeout: 15_000 }).toBe(1);

    run.goOnTo((now = after(NOON, minutes(1.1))));
    await expect.poll(minutesUntilNext, { timeout: 15_000 }).toBe(6);
    expect(await run.hatedStates()).toEqual(both('deferred'));

    run.goOnTo((now = after(NOON, minutes(6.2))));
    await expect.poll(run.hatedStates, { timeout: 15_000 }).toEqual(both('handed over'));
    expect(run.taken.filter((to) => to.endsWith(HATED))).toHaveLength(2);
  });
});

describe('a mail server that is hostile to two connections', () => {
  test.each<[string, Hostility]>([
    ['never greets', { at: 'greeting', does: 'silence' }],
    ['never says what it can do', { at: 'EHLO', does: 'silence' }],
    ['falls silent when told the password', { at: 'AUTH', does: 'silence' }],
    ['falls silent when told who writes', { at: 'MAIL', does: 'silence' }],
    ['greets a byte at a time', { at: 'greeting', does: 'drip' }],
    ['goes down as it greets', { at: 'greeting', does: says('421 4.3.2 Going down') }],
  ])('and %s, puts two letters off and takes the third, then all', async (_, hostility) => {
    const run = await aHostileRun(hostility);
    const states = async () => (await run.states()).toSorted();
    await expect.poll(states, { timeout: 15_000 }).toEqual(['deferred', 'deferred', 'handed over']);

    run.goOnTo(after(NOON, minutes(1.1)));
    await expect.poll(states, { timeout: 15_000 }).toEqual(Array(3).fill('handed over'));
    expect(run.taken).toHaveLength(3);
  });
});

describe('a mail server that nobody can use', () => {
  const ALL_DEFERRED = ['deferred', 'deferred', 'deferred'];

  test('because it is not there puts letters off', async () => {
    const run = await aRun(await nobodyListens());
    await expect.poll(run.states, { timeout: 15_000 }).toEqual(ALL_DEFERRED);
  });

  test.runIf(process.platform === 'linux').each<[string, Hostility['does']]>([
    ['fails', says('454 4.7.0 TLS not available')],
    ['never comes about', 'silence'],
    ['is hung up on', 'hang up'],
  ])('because encryption %s gets none of them', async (_, does) => {
    const run = await aHostileRun({ at: 'STARTTLS', does, host: '127.0.0.2' });
    await expect.poll(run.states, { timeout: 15_000 }).toEqual(ALL_DEFERRED);
    expect(run.taken).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('because nobody signed its certificate gets none of them', async () => {
    const { url, taken } = await aMailServer({ hideSTARTTLS: false }, '127.0.0.2');
    const run = await aRun(url);
    await expect.poll(run.states, { timeout: 15_000 }).toEqual(ALL_DEFERRED);
    expect(taken).toEqual([]);
  });
});
