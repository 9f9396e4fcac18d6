import type { AddresseeId } from '../domain/addressee.ts';
import type { DeliveryState, Mail } from '../domain/delivery.ts';
import type { LetterState } from '../domain/letter.ts';
import type { Route } from '../domain/route.ts';

/** The tables, as migrations/ makes them. Times are epoch milliseconds, truths are 0 or 1, JSON is text, "sealed" is encrypted text. */
export interface Schema {
  campaigns: { id: string; createdAt: number };
  letters: LetterRow;
  deliveries: DeliveryRow;
  written: { campaignId: string; person: string; addresseeId: AddresseeId; at: number };
  outbox: OutboxRow;
  counts: { campaignId: string; day: string; areaCode: string; route: Route; total: number };
  remembered: { key: string; answer: string; at: number };
  contacts: { addresseeId: AddresseeId; email: string; source: string; checkedOn: string };
  mailbox: { id: string; at: number; sealed: string };
}

export interface LetterRow {
  id: string;
  campaignId: string;
  state: LetterState;
  writtenAt: number;
  movedAt: number;
  /** Blind index of the supporter's email address; null once scrubbed. */
  person: string | null;
  /** Blind index of the letter itself; null once expired or scrubbed. */
  fingerprint: string | null;
  ownWords: number;
  templateId: string;
  wantsNews: number;
  /** Supporter, addressees, place, subject and body; null once scrubbed. */
  sealed: string | null;
}

export interface DeliveryRow {
  id: string;
  letterId: string;
  addresseeId: AddresseeId;
  areaCode: string;
  state: DeliveryState;
  movedAt: number;
  /** What the mail server said, sealed because servers repeat addresses; null when it said nothing, and once scrubbed. */
  reason: string | null;
}

export interface OutboxRow {
  id: string;
  kind: Mail['kind'];
  letterId: string;
  /** '' for a mail about the whole letter. */
  deliveryId: string;
  dueAt: number;
  claimedUntil: number | null;
  attempts: number;
  settledAt: number | null;
  outcome: Outcome | null;
}

/** How a mail left the outbox; `dropped`: its letter had expired or been forgotten meanwhile. */
export type Outcome = 'accepted' | 'refused' | 'given up' | 'dropped';
