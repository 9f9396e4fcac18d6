import { expect, test } from 'vitest';
import { queueWatcher } from '../../src/actions/watch-the-queue.ts';
import type { Handover } from '../../src/domain/delivery.ts';
import { bytesOf } from '../../src/mail/bytes.ts';
import type { Message } from '../../src/mail/message.ts';
import { openMails } from '../../src/render/mails.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { pause, resume } from '../../src/store/pauses.ts';
import { after, aLetter, days, hours, keep, NOON, onBothEngines } from '../builders.ts';

const mails = openMails(new URL('../../templates/mail/', import.meta.url));

onBothEngines('watching the queue', (store) => {
  /** A watcher with its clock, the mails it sent and the errors it logged. */
  const watcher = (alarmTo: string | null = 'operator@example.org', outcomes: Handover[] = []) => {
    const sent: Message[] = [];
    const raised: string[] = [];
    const at = { now: NOON };
    const watch = queueWatcher({
      db: store.db,
      mails,
      send: async (message) => {
        sent.push(message);
        return outcomes.shift() ?? { outcome: 'accepted' };
      },
      alarmTo,
      hours: null,
      mailFrom: 'letters@example.org',
      publicUrl: new URL('https://write.example.org'),
      raise: (event) => void raised.push(event),
      clock: () => at.now,
    });
    return { watch, sent, raised, at };
  };
  const aLateMail = async () => {
    await keep(store.db, aLetter());
    await enqueue(store.db, { kind: 'confirmation', letterId: 'letter-1' }, after(NOON, -hours(2)));
  };

  test('says nothing while all is well', async () => {
    const { watch, sent, raised } = watcher();
    await watch();
    expect([sent, raised]).toEqual([[], []]);
  });

  test('tells the operator, by mail and in the log, once a day as long as it stays so', async () => {
    const { watch, sent, raised, at } = watcher();
    await aLateMail();
    await watch();
    at.now = after(NOON, hours(23));
    await watch();
    expect(sent).toMatchObject([{ to: { address: 'operator@example.org' }, automatic: true }]);
    expect(sent[0]?.text).toContain('Monday 23 November at 10:00 am');
    expect(raised).toEqual(['mail waits over an hour to be sent']);

    at.now = after(NOON, days(1));
    await watch();
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  test('says nothing of mail that a person holds up, and counts from when it went on', async () => {
    const { watch, raised, at } = watcher();
    await aLateMail();
    await pause(store.db, 'everything', after(NOON, -hours(3)));
    await watch();
    await resume(store.db, 'everything', NOON);
    at.now = after(NOON, hours(1));
    await watch();
    expect(raised).toEqual([]);

    at.now = after(NOON, hours(1) + 1);
    await watch();
    expect(raised).toEqual(['mail waits over an hour to be sent']);
  });

  test('sends a mail that any mail server takes, and that names nobody', async () => {
    const { watch, sent } = watcher();
    await aLateMail();
    await watch();
    const raw = (await bytesOf(sent[0]!)).toString();
    expect(raw).toContain('Subject: Pennypost: mail has waited for over an hour');
    expect(raw).not.toMatch(/Ada|ada@example\.org|Mo Member/);
  });

  test('without an address to tell says it in the log alone', async () => {
    const { watch, sent, raised } = watcher(null);
    await aLateMail();
    await watch();
    expect(sent).toEqual([]);
    expect(raised).toEqual(['mail waits over an hour to be sent']);
  });

  test('tries again the next time when the mail server does not take the mail', async () => {
    const { watch, sent, raised } = watcher('operator@example.org', [{ outcome: 'try later', reason: 'away' }]);
    await aLateMail();
    await watch();
    await watch();
    await watch();
    expect(sent).toHaveLength(2);
    expect(raised).toContain('an alarm mail could not be sent');
  });
});
