import { Readable } from 'node:stream';
import type SMTPPool from 'nodemailer/lib/smtp-pool';

/** Both in ASCII; `from` is '' for nobody. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/**
 * Has the pool send these very bytes, until the signal. Throws what the pool says, and then nobody has taken them. The pool's own `sendMail` would
 * compose the mail anew, through half a dozen streams: twice the work for the same bytes.
 */
export function handToPool(pool: SMTPPool, { from, to }: Envelope, raw: Buffer, signal: AbortSignal): Promise<void> {
  const message = {
    getEnvelope: () => ({ from, to: [to] }),
    messageId: () => '',
    getHeader: () => '',
    createReadStream: () => once(raw),
  };
  const mail = { data: { signal }, message } as unknown as Parameters<SMTPPool['send']>[0];
  return new Promise((done, failed) => {
    pool.send(mail, (cause) => (cause ? failed(cause) : done()));
  });
}

/** A stream, by which the pool sees whether a connection broke before anything of the mail was sent. */
function once(raw: Buffer): Readable {
  return new Readable({
    read() {
      this.push(raw);
      this.push(null);
    },
  });
}
