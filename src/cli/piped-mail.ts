import type { ArrivedMail } from '../mail/read-return.ts';

/** Bytes: as many as the listener takes. */
const MOST_BYTES = 5_000_000;

/** Reads a whole mail from a pipe. Null: it is larger than any bounce. */
export async function readPiped(pipe: AsyncIterable<Buffer>): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of pipe) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes > MOST_BYTES ? null : withoutPostmark(Buffer.concat(chunks));
}

/** Postfix and procmail put a line "From sender date" in front, as in a mailbox file. */
function withoutPostmark(raw: Buffer): Buffer {
  return raw.subarray(0, 5).toString('latin1') === 'From ' ? raw.subarray(raw.indexOf('\n') + 1) : raw;
}

/**
 * Every address to which a piped mail may have come, the surest first: what the operator says; else what Postfix puts into the environment of a
 * command (local(8)); else what is written on the mail. None is believed without its signature.
 */
export function addressesOf(raw: Buffer, to: string | null, environment: NodeJS.ProcessEnv): readonly string[] {
  if (to !== null) return [to];
  const { ORIGINAL_RECIPIENT, RECIPIENT } = environment;
  const headers = ['x-original-to', 'delivered-to', 'envelope-to', 'to'].flatMap((name) => headerOf(raw, name));
  return [ORIGINAL_RECIPIENT ?? '', RECIPIENT ?? '', ...headers.flatMap((value) => value.match(ADDRESS) ?? [])].filter(
    Boolean,
  );
}

/** As long as an address may be (RFC 5321, 4.5.3.1), so that no header takes long to search. */
const ADDRESS = /[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,255}/g;
const MOST_HEADERS_READ = 200_000;

function headerOf(raw: Buffer, name: string): readonly string[] {
  const head =
    raw
      .subarray(0, MOST_HEADERS_READ)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return lines.filter((line) => line.toLowerCase().startsWith(`${name}:`)).map((line) => line.slice(name.length + 1));
}

/** Whether the envelope's sender was "<>". Postfix calls it MAILER-DAEMON where it cannot be empty. Null: nobody has told. */
export function fromNobodyIn({ SENDER }: NodeJS.ProcessEnv): ArrivedMail['fromNobody'] {
  return SENDER === undefined ? null : /^(<>|mailer-daemon(@.*)?)?$/i.test(SENDER.trim());
}
