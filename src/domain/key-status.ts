/** What there is of one secret key in the database. */
export interface KeyUse {
  readonly id: string;
  /** How many values are sealed with it. */
  readonly sealed: number;
  /** Since when it has been a server's key of the day; null: it never was. */
  readonly since: Date | null;
}

/** What was made before a key became today's, and is still known by one before it. */
export interface Remainder {
  /** Letters that are kept: the links in mails about them are signed with an older key. */
  readonly letters: number;
  /** Turns that are remembered: whoever took them may have been noted under an older key. */
  readonly turns: number;
}

/** Whether a key may leave the settings: nothing is sealed with it, and nothing is left from before the key that came after it. */
export function mayBeDropped({ sealed }: KeyUse, next: KeyUse, left: Remainder): boolean {
  return next.since !== null && sealed + left.letters + left.turns === 0;
}
