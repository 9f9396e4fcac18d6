const BAR_WIDTH = 30;

/** On a screen a bar that is drawn anew, elsewhere a line now and then. */
const ON_A_SCREEN_EVERY_MS = 100;
const IN_A_LOG_EVERY_MS = 5_000;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** Says how much of the whole is done (0 to 1), and how many of what is counted that was, if it is time to say so. */
  at(share: number, count: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** Shows on stderr how far something is that takes long, at which rate, and how long it has to go. `clock` gives milliseconds. */
export function openProgress(what: string, clock: () => number, output: Output = process.stderr): Progress {
  const from = clock();
  const every = output.isTTY ? ON_A_SCREEN_EVERY_MS : IN_A_LOG_EVERY_MS;
  let due = from + every;
  return {
    at: (share, count) => {
      const now = clock();
      if (now < due) return;
      due = now + every;
      const line = sayProgress(what, share, count, now - from);
      output.write(output.isTTY ? `\r${barOf(share)} ${line}\u001B[K` : `${line}\n`);
    },
    end: () => {
      if (output.isTTY) output.write('\r\u001B[K');
    },
  };
}

/** "42%, 1,134,000 postcodes, 98,000 a second, 16 seconds to go". */
export function sayProgress(what: string, share: number, count: number, elapsedMs: number): string {
  const rate = Math.round(count / (elapsedMs / 1_000) / 100) * 100;
  const left = share > 0 ? `, ${timeOf((elapsedMs * (1 - share)) / share)} to go` : '';
  return `${Math.floor(share * 100)}%, ${inThousands(count)} ${what}, ${inThousands(rate)} a second${left}`;
}

/** "1,134,000". */
export function inThousands(number: number): string {
  return number.toLocaleString('en-GB');
}

/** "16 seconds", "3 minutes". */
export function timeOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const [count, unit] = seconds < 100 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function barOf(share: number): string {
  const full = Math.round(share * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}]`;
}
