import { setTimeout as wait } from 'node:timers/promises';
import { QUIET, start } from './processes.ts';

export interface Taken {
  readonly smtpPort: number;
  readonly mails: number;
  /** By their Message-IDs. */
  readonly different: number;
  /** From the first to the last. */
  readonly ms: number;
}

export interface Sink {
  readonly smtpUrl: string;
  /** Waits until it has taken so many mails, each once, and gives how many a second. Throws when one came twice, or when nothing comes any more. */
  rateOf(count: number): Promise<number>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 50;
const SILENCE_MS = 60_000;

/** A mail server in a process of its own, which takes so many milliseconds over each mail. */
export async function startSink(takesMs: number): Promise<Sink> {
  const { url, stop } = await start([QUIET, 'bench/sink.ts', String(takesMs)], {});
  const look = async () => (await (await fetch(url)).json()) as Taken;
  const { smtpPort } = await look();
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    rateOf: async (count) => {
      let taken = await look();
      for (let silentMs = 0; taken.mails < count; silentMs += LOOK_EVERY_MS) {
        if (silentMs > SILENCE_MS) throw new Error(`of ${count} mails only ${taken.mails} came`);
        await wait(LOOK_EVERY_MS);
        const now = await look();
        if (now.mails > taken.mails) silentMs = 0;
        taken = now;
      }
      if (taken.different !== count)
        throw new Error(`${taken.mails} mails came, and only ${taken.different} of them once`);
      return (taken.different - 1) / (taken.ms / 1_000);
    },
    stop,
  };
}
