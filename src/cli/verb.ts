/** One thing that the operator can ask for: "contacts import FILE". */
export interface Verb {
  /** The words that call it: "contacts import". */
  readonly words: string;
  /** How to ask for it, as the command line explains itself: what follows the words, and a few indented lines. */
  readonly usage: string;
  /** Does it. Takes what follows the verb's own words, gives the exit code; null: asked for wrongly, so explain. */
  run(rest: readonly string[]): Promise<number | null>;
}

export function say(text: string): void {
  process.stdout.write(text);
}

/** Says why not. Gives the exit code. */
export function refuse(text: string): number {
  process.stderr.write(text);
  return 1;
}
