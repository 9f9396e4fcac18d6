/** `dissolution`: there are no MPs, so letters to them are closed. `pre-election`: councils may not answer as usual, so pages say so. */
export const SWITCHES = ['dissolution', 'pre-election'] as const;
export type SwitchName = (typeof SWITCHES)[number];
