import { londonDayAndHour } from '../domain/london-time.ts';
import { alarmsIn, rateOf, type Alarm } from '../domain/queue.ts';
import type { HoursOfTheDay } from '../domain/sending-hours.ts';
import type { Message, SendMail } from '../mail/message.ts';
import type { Mails } from '../render/mails.ts';
import type { Database } from '../store/database.ts';
import { claimDuty, giveDutyBack } from '../store/duties.ts';
import { readQueue } from './read-queue.ts';

/** Looks whether mail is late or comes back, and tells the operator: each kind of alarm once a day. */
export type WatchTheQueue = () => Promise<void>;

interface Needs {
  readonly db: Database;
  readonly mails: Mails;
  readonly send: SendMail;
  /** The operator's address; null: the log alone says it. */
  readonly alarmTo: string | null;
  readonly mailFrom: string;
  readonly publicUrl: URL;
  /** For the log, where an error means that a person must act. */
  readonly raise: (event: string, detail: object) => void;
  /** In which letters go; null: around the clock. */
  readonly hours: HoursOfTheDay | null;
  readonly clock: () => Date;
}

const DAY = 24 * 60 * 60 * 1000;

export function queueWatcher(needs: Needs): WatchTheQueue {
  const { db, clock } = needs;
  return async () => {
    for (const alarm of alarmsIn(await readQueue(needs), clock()))
      if (await claimDuty(db, `alarm: ${alarm.kind}`, clock(), DAY)) await tell(needs, alarm);
  };
}

async function tell({ alarmTo, ...needs }: Needs, alarm: Alarm): Promise<void> {
  needs.raise(EVENTS[alarm.kind], detailOf(alarm));
  if (alarmTo === null) return;
  const { outcome } = await needs.send(mailAbout(alarm, alarmTo, needs));
  if (outcome === 'accepted') return;
  needs.raise('an alarm mail could not be sent', { alarm: alarm.kind, outcome });
  if (outcome === 'try later') await giveDutyBack(needs.db, `alarm: ${alarm.kind}`);
}

const EVENTS = {
  late: 'mail waits over an hour to be sent',
  bouncing: 'too many deliveries come back',
} as const satisfies Record<Alarm['kind'], string>;

function detailOf(alarm: Alarm): object {
  return alarm.kind === 'late' ? { since: alarm.oldestDueAt.toISOString() } : alarm.came;
}

function mailAbout(
  alarm: Alarm,
  alarmTo: string,
  { mails, mailFrom, publicUrl, clock }: Omit<Needs, 'alarmTo'>,
): Message {
  const { subject, text, html } = mails.render(`alarm-${alarm.kind}`, { ...factsOf(alarm), publicUrl: publicUrl.href });
  const day = clock().toISOString().slice(0, 10);
  return {
    id: `alarm-${alarm.kind}-${day}.${mailFrom}`,
    from: { name: 'Pennypost', address: mailFrom },
    to: { name: '', address: alarmTo },
    automatic: true,
    subject,
    text,
    html,
  };
}

function factsOf(alarm: Alarm): object {
  if (alarm.kind === 'late') return { since: londonDayAndHour(alarm.oldestDueAt) };
  return { ...alarm.came, percent: Math.round(rateOf(alarm.came) * 100) };
}
