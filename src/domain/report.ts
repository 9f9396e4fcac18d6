export const ACTIONS = ['failed', 'delayed', 'expanded', 'relayed', 'delivered'] as const;

/** What a mail server reports of one recipient (RFC 3464, 2.3). */
export interface Report {
  readonly action: (typeof ACTIONS)[number];
  /** Enhanced status code, such as "5.1.1"; null when there is none that can be read. */
  readonly status: string | null;
  /** In the words of the server that decided; they may repeat the address. */
  readonly diagnostic: string | null;
  /** Which mailbox it is about in the end, as the server writes it: behind the address that was written to there may be others. */
  readonly recipient: string | null;
}
