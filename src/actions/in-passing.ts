/** Told in the log of what went wrong, in words that quote nobody. */
type Complain = (event: string, detail: string) => void;

/** Writes down what is only good to know. Where it cannot be written, as on a full disk, the log says so, and whoever waits for a page gets it. */
export async function inPassing(write: () => Promise<void>, complain: Complain): Promise<void> {
  await write().catch((cause: unknown) => {
    const { errstr, code } = (cause ?? {}) as { readonly errstr?: string; readonly code?: string };
    complain('what is good to know could not be written down', errstr ?? code ?? 'failed');
  });
}
