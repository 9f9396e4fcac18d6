/** Reads no more often than so, however often somebody asks, and gives what it last read. What throws is read again. */
export function nowAndThen<T>(read: (now: Date) => Promise<T>, everyMs: number, clock: () => Date): () => Promise<T> {
  let last: { readonly answer: T; readonly until: number } | undefined;
  return async () => {
    if (last && clock().getTime() < last.until) return last.answer;
    const now = clock();
    last = { answer: await read(now), until: now.getTime() + everyMs };
    return last.answer;
  };
}
