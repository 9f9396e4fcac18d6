/** Today's secret key, with which everything is made, then those before it, the latest first: what was made with one of them is still known. */
export type SecretKeys = readonly [today: string, ...before: string[]];
