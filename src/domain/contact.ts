import type { EmailKind } from './councillor.ts';

/** One email address of an addressee that we looked up ourselves, and how it has fared. */
export interface KnownContact {
  readonly email: string;
  readonly kind: EmailKind;
  /** Where it was found: a web address, a file, "moderngov". */
  readonly source: string;
  readonly fetchedAt: Date;
  /** When a person looked it up; null when only a program did. */
  readonly confirmedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly bouncedAt: Date | null;
  /** Since the last delivery that came through. */
  readonly hardBounces: number;
  /** Set when nothing more is sent there until a person says so. */
  readonly failingSince: Date | null;
}

/** What is known of a newly looked-up address. */
export type FoundContact = Pick<KnownContact, 'email' | 'kind' | 'source' | 'fetchedAt' | 'confirmedAt'>;

/** How an address has fared. */
export type ContactHealth = Pick<KnownContact, 'deliveredAt' | 'bouncedAt' | 'hardBounces' | 'failingSince'>;

/** What became of one mail to it: taken by the mail server, or sent back for good, or not even taken. */
export type ContactOutcome = 'delivered' | 'hard bounce' | 'refused';

const MOST_HARD_BOUNCES = 2;

/** How an address fares after one more mail. Once it is failing, only a person makes it good again. */
export function healthAfter(health: ContactHealth, outcome: ContactOutcome, now: Date): ContactHealth {
  if (outcome === 'delivered') return { ...health, deliveredAt: now, hardBounces: 0 };
  const hardBounces = health.hardBounces + (outcome === 'hard bounce' ? 1 : 0);
  const failing = outcome === 'refused' || hardBounces >= MOST_HARD_BOUNCES;
  return { ...health, bouncedAt: now, hardBounces, failingSince: health.failingSince ?? (failing ? now : null) };
}

/** How an address fares once a person has confirmed it: what failed before is held against it no longer. */
export function forgiven(health: ContactHealth, confirmedAt: Date): ContactHealth {
  const { deliveredAt, bouncedAt, hardBounces, failingSince } = health;
  const later = bouncedAt !== null && bouncedAt > confirmedAt;
  return later
    ? { deliveredAt, bouncedAt, hardBounces, failingSince }
    : { deliveredAt, bouncedAt, hardBounces: 0, failingSince: null };
}

/**
 * The address to write to, of those known in their order: an official one that is not failing. A personal one only where no official one
 * is published at all: one that fails for the moment is no reason to write to somebody at home.
 */
export function usableEmail(contacts: readonly Pick<KnownContact, 'email' | 'kind' | 'failingSince'>[]): string | null {
  const official = contacts.filter(({ kind }) => kind === 'official');
  const allowed = official.length > 0 ? official : contacts;
  return allowed.find(({ failingSince }) => failingSince === null)?.email ?? null;
}
