/** What a supporter says came back: an answer, only that one will come, or nothing. */
export const REPLIES = ['answered', 'holding reply', 'no reply'] as const;
export type Reply = (typeof REPLIES)[number];
