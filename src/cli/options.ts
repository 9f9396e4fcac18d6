import { parseArgs } from 'node:util';

interface Asked {
  /** What stands there by itself, such as a file. */
  readonly words: readonly string[];
  is(flag: string): boolean;
  /** Null: not said. */
  text(option: string): string | null;
}

/** Reads what follows a verb: words, `--flag` and `--option TEXT`. Null: there is something that nobody asked for. */
export function readOptions(
  rest: readonly string[],
  { flags = [], texts = [] }: { readonly flags?: readonly string[]; readonly texts?: readonly string[] },
): Asked | null {
  const options = Object.fromEntries([
    ...flags.map((name) => [name, { type: 'boolean' }] as const),
    ...texts.map((name) => [name, { type: 'string' }] as const),
  ]);
  try {
    const { values: given, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const values: Readonly<Record<string, unknown>> = given;
    return {
      words: positionals,
      is: (flag) => values[flag] === true,
      text: (option) => {
        const value = values[option];
        return typeof value === 'string' ? value : null;
      },
    };
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}
