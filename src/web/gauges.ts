import { Gauge, type Registry } from 'prom-client';
import { bouncesIn, rateOf, type QueueReading } from '../domain/queue.ts';
import type { Upkeep } from '../domain/upkeep.ts';

/** What stands in the database. Both throw when it does not answer. */
export interface Readings {
  readonly readQueue: () => Promise<QueueReading>;
  readonly readUpkeep: () => Promise<Upkeep>;
  readonly clock: () => Date;
}

/** Gauges for what stands in the database, set by the function that this gives. Processes that share one database all say the same. */
export function databaseGauges(registry: Registry, { readQueue, readUpkeep, clock }: Readings): () => Promise<void> {
  const gauge = gaugesIn(registry);
  const up = gauge('database_up', 'Whether the database answers; where it does not, what stands in it is not told');
  const queue = queueGauges(gauge, clock);
  const upkeep = upkeepGauges(gauge, clock);
  return async () => {
    const readings = await Promise.all([readQueue(), readUpkeep()]).catch(() => null); // told by the 0
    up.set(readings ? 1 : 0);
    queue(readings?.[0]);
    upkeep(readings?.[1]);
  };
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge;

function gaugesIn(registry: Registry): MakeGauge {
  return (name, help, labelNames = []) =>
    new Gauge({ name: `pennypost_${name}`, help, labelNames, registers: [registry] });
}

function queueGauges(gauge: MakeGauge, clock: () => Date): (reading: QueueReading | undefined) => void {
  const waiting = gauge('outbox_mails', 'Mails in the outbox', ['kind', 'stands']);
  const age = gauge('outbox_oldest_due_seconds', 'Since when the oldest mail has been due', ['kind', 'stands']);
  const deliveries = gauge('deliveries_of_7_days', 'Deliveries that came to a state in the last 7 days', ['state']);
  const bounces = gauge('bounce_ratio_of_7_days', 'Share of the deliveries of the last 7 days that came back');
  return (reading) => {
    for (const one of [waiting, age, deliveries, bounces]) one.reset();
    if (!reading) return;
    for (const { kind, stands, total, oldestDueAt } of reading.waiting) {
      waiting.set({ kind, stands }, total);
      if (stands !== 'later') age.set({ kind, stands }, secondsSince(oldestDueAt, clock()));
    }
    for (const [state, total] of reading.deliveries) deliveries.set({ state }, total);
    bounces.set(rateOf(bouncesIn(reading.deliveries)));
  };
}

function upkeepGauges(gauge: MakeGauge, clock: () => Date): (reading: Upkeep | undefined) => void {
  const held = gauge('held_deliveries', 'Deliveries that wait for a person');
  const heldAge = gauge('held_deliveries_oldest_seconds', 'Since when the oldest of them waits');
  const returned = gauge('returned_mails_of_7_days', 'Mails that came back in the last 7 days', ['kind']);
  const lists = gauge('council_lists', 'Lists of councillors, by how they stand', ['stands']);
  const seats = gauge('seats_age_seconds', 'Since when all seats were last heard of; absent: never', ['of']);
  return (reading) => {
    for (const one of [held, heldAge, returned, lists, seats]) one.reset();
    if (!reading) return;
    held.set(reading.held.total);
    heldAge.set(reading.held.since ? secondsSince(reading.held.since, clock()) : 0);
    for (const [kind, total] of reading.returned) returned.set({ kind }, total);
    for (const [stands, total] of reading.lists) lists.set({ stands }, total);
    if (reading.seatsHeardAt) seats.set({ of: 'mps' }, secondsSince(reading.seatsHeardAt, clock()));
  };
}

function secondsSince(at: Date, now: Date): number {
  return (now.getTime() - at.getTime()) / 1000;
}
