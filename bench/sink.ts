// A mail server that takes everything and keeps nothing, for `startSink`: node bench/sink.ts MILLISECONDS, which it takes over each. What it took is told over HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Taken } from './start-sink.ts';

const takesMs = Number(process.argv[2] ?? 0);
const ids = new Set<string>();
let mails = 0;
let firstAt = 0;
let lastAt = 0;

const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  disableReverseLookup: true,
  onData: (stream, _, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      ids.add(/^Message-ID:\s+(.*)$/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? '');
      lastAt = performance.now();
      if (mails++ === 0) firstAt = lastAt;
      if (takesMs > 0) setTimeout(callback, takesMs);
      else callback();
    });
  },
});
smtp.on('error', () => {}); // whoever hangs up is seen by what is missing

const http = createServer((_req, res) => {
  const taken: Taken = { smtpPort: portOf(smtp.server), mails, different: ids.size, ms: lastAt - firstAt };
  res.end(JSON.stringify(taken));
});

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

smtp.listen(0, '127.0.0.1', () => {
  http.listen(0, '127.0.0.1', () => console.log(`http://localhost:${portOf(http)}`));
});
process.once('SIGTERM', () => process.exit(0));
