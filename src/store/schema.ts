import type { AddresseeId } from '../domain/addressee.ts';
import type { EmailKind, ListSource } from '../domain/councillor.ts';
import type { ListProblem } from '../domain/councillor-list-doubt.ts';
import type { DeliveryState, Mail } from '../domain/delivery.ts';
import type { LetterState } from '../domain/letter.ts';
import type { MailReason } from '../domain/mail-reason.ts';
import type { PauseScope } from '../domain/pause.ts';
import type { Reply } from '../domain/reply.ts';
import type { NoticeKind, ReportedFault } from '../domain/notice.ts';
import type { ReturnKind } from '../domain/returned-mail.ts';
import type { Route } from '../domain/route.ts';
import type { SwitchName } from '../domain/switches.ts';
import type { SealedText } from './seal.ts';

/** The tables, as migrations/ makes them. Times are epoch milliseconds, truths are 0 or 1, JSON is text, `SealedText` is encrypted. */
export interface Schema {
  campaigns: { id: string; createdAt: number };
  letters: LetterRow;
  deliveries: DeliveryRow;
  written: { campaignId: string; person: string; addresseeId: AddresseeId; at: number };
  outbox: OutboxRow;
  letterLog: LetterLogRow;
  /** When the next letter may go to a mailbox or a domain, each under a blind index. */
  paces: { key: string; freeAt: number };
  pauses: { scope: PauseScope; since: number };
  counts: { campaignId: string; day: string; areaCode: string; route: Route; total: number };
  remembered: { key: string; answer: string; at: number };
  contacts: ContactRow;
  councillors: CouncillorRow;
  councillorLists: CouncillorListRow;
  wards: { code: string; name: string; councilCode: string; kind: 'ward' | 'division'; seenAt: number };
  /** Which seat of a council's list a ward is, decided by a person where the names left a doubt. */
  decidedSeats: { wardCode: string; councilCode: string; seat: string; decidedAt: number };
  reports: ReportRow;
  notices: NoticeRow;
  switches: { name: SwitchName; onSince: number };
  /** What came back for a delivery; `once` is the same word for the same mail. */
  returnedMails: { deliveryId: string; once: string; kind: ReturnKind; reason: MailReason | null; at: number };
  /** Who sits for a constituency, as the nightly round last heard it. */
  seats: SeatRow;
  mailbox: { id: string; at: number; sealed: SealedText };
  /** When a server was first started with a secret key as today's. */
  secretKeys: { id: string; firstUsedAt: number };
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
  sealed: SealedText | null;
  /** Whether subject and body have been deleted before the rest. */
  textGone: number;
}

export interface DeliveryRow {
  id: string;
  letterId: string;
  addresseeId: AddresseeId;
  areaCode: string;
  state: DeliveryState;
  movedAt: number;
  /** What the mail server said, sealed because servers repeat addresses; null when it said nothing, and once scrubbed. */
  reason: SealedText | null;
  reply: Reply | null;
  repliedAt: number | null;
}

/** Appended to, never changed. */
export interface LetterLogRow {
  letterId: string;
  /** Counts up within a letter. */
  step: number;
  /** '' where the letter itself moved. */
  deliveryId: string;
  at: number;
  state: LetterState | DeliveryState;
  /** Null where no mail server said anything. */
  why: MailReason | null;
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
  /** When it was first taken up; null: not yet. */
  triedAt: number | null;
  /** Whose turn it has waited for. */
  paced: 'mailbox' | 'domain' | null;
  settledAt: number | null;
  outcome: Outcome | null;
}

export interface ContactRow {
  addresseeId: AddresseeId;
  email: string;
  kind: EmailKind;
  /** 0 is tried first. */
  place: number;
  source: string;
  fetchedAt: number;
  confirmedAt: number | null;
  deliveredAt: number | null;
  bouncedAt: number | null;
  hardBounces: number;
  failingSince: number | null;
}

export interface CouncillorRow {
  addresseeId: AddresseeId;
  councilCode: string;
  name: string;
  party: string | null;
  seat: string;
  seatCode: string | null;
  /** Its place in the council's list. */
  place: number;
}

export interface CouncillorListRow {
  councilCode: string;
  /** Null until there is a good list. */
  source: ListSource | null;
  fetchedAt: number | null;
  /** JSON: the seats nobody holds. */
  vacantSeats: string;
  triedAt: number | null;
  nextTryAt: number;
  /** In a row. */
  failures: number;
  /** When the first of them was. */
  failingSince: number | null;
  /** Why the last try gave no list that we believe; null when it did. */
  problem: ListProblem | null;
  /** JSON: what the server wants to hear again, to say whether anything changed. */
  validators: string | null;
  /** JSON: a list that a person has to look at before it is believed. */
  held: string | null;
  heldAt: number | null;
  /** JSON: the list that a person last looked at and did not believe, so that it is not held again. */
  discarded: string | null;
}

export interface SeatRow {
  constituencyCode: string;
  /** JSON: who holds it. */
  seat: string;
  fetchedAt: number;
  changedAt: number | null;
}

export interface ReportRow {
  id: string;
  addresseeId: AddresseeId;
  areaCode: string;
  what: ReportedFault;
  /** Sealed: a stranger may have written anything. */
  note: SealedText | null;
  at: number;
  handledAt: number | null;
}

export interface NoticeRow {
  id: string;
  kind: NoticeKind;
  areaCode: string;
  addresseeId: AddresseeId | null;
  /** JSON. */
  detail: string;
  at: number;
  seenAt: number | null;
}

/** How a mail left the outbox; `dropped`: its letter had expired or been forgotten meanwhile, or its addressee had left. */
export type Outcome = 'accepted' | 'refused' | 'given up' | 'held' | 'dropped';
