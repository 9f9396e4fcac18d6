/** A way to find records by a key. Two records under one key stop the start, and are named. */
export function uniqueBy<Entry>(
  file: string,
  entries: readonly Entry[],
  keysOf: (entry: Entry) => readonly string[],
): ReadonlyMap<string, Entry> {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      if (byKey.has(key)) throw new Error(`${file} has ${key} twice`);
      byKey.set(key, entry);
    }
  }
  return byKey;
}
