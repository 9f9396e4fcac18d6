import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** One mail that the mail server said yes to. */
export interface Taken {
  /** Its Message-ID. */
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  /** The name of the process's run that handed it over. */
  readonly by: string;
  /** Milliseconds of `performance.now`. */
  readonly at: number;
  readonly raw: string;
}

export interface PostOffice {
  readonly taken: readonly Taken[];
  /** Waits until the next yes, at most so long. */
  nextYes(atMostMs: number): Promise<void>;
  /** Where a run hands its mails over, under its own name. */
  urlFor(run: string): string;
  close(): Promise<void>;
}

/** A mail server on the loopback that takes everything, and knows who brought it. */
export async function openPostOffice(): Promise<PostOffice> {
  const taken: Taken[] = [];
  const yes = new EventEmitter();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onAuth: ({ username }, _, callback) => callback(null, { user: username ?? '' }),
    onData: (stream, { envelope, user }, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const [, id = '', kind = ''] = /^Message-ID:\s+<(.*\.([a-z-]+)@.*)>/im.exec(raw) ?? [];
        const to = envelope.rcptTo[0]?.address ?? '';
        taken.push({ id, kind, to, by: user ?? '', at: performance.now(), raw });
        callback();
        yes.emit('yes');
      });
    },
  });
  server.on('error', () => {}); // whoever is killed hangs up
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    taken,
    nextYes: async (atMostMs) => {
      await once(yes, 'yes', { signal: AbortSignal.timeout(atMostMs) }).catch(() => {}); // none came in that time
    },
    urlFor: (run) => `smtp://${run}:any@127.0.0.1:${port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
