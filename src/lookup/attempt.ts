import { errors, type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import { err, ok, type Result } from '../domain/result.ts';
import type { LookupFailure } from './failure.ts';

const HEADERS = { accept: 'application/json', 'user-agent': 'Pennypost (letters to councils and MPs)' };

/** Asked to come back: too slow, too many requests. Every 5xx is one as well. */
const COME_BACK = [408, 429];

/** One attempt: asks, reads the whole answer within the timeout, and holds it to its shape. */
export async function askOnce<T>(
  dispatcher: Dispatcher,
  url: URL,
  shape: z.ZodType<T>,
  timeoutMs: number,
): Promise<Result<T, LookupFailure>> {
  const answer = await fetchText(dispatcher, url, timeoutMs);
  if (!answer.ok) return answer;

  const { status, text } = answer.value;
  if (status === 404) return err({ kind: 'not-found', body: jsonIn(text) ?? null });
  if (COME_BACK.includes(status) || status >= 500) return err({ kind: 'unavailable', detail: `status ${status}` });
  if (status !== 200) return err({ kind: 'unreadable', detail: `status ${status}` });

  const json = jsonIn(text);
  if (json === undefined) return err({ kind: 'unreadable', detail: 'not JSON' });
  const parsed = shape.safeParse(json);
  return parsed.success ? ok(parsed.data) : err({ kind: 'unreadable', detail: mistakesIn(parsed.error) });
}

async function fetchText(
  dispatcher: Dispatcher,
  url: URL,
  timeoutMs: number,
): Promise<Result<{ status: number; text: string }, LookupFailure>> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return ok(await Promise.race([readAnswer(dispatcher, url, signal), endOf(signal)]));
  } catch (cause) {
    if (cause instanceof errors.InvalidArgumentError) throw cause; // our own mistake, not the upstream's
    if (cause instanceof errors.ResponseExceededMaxSizeError) return err({ kind: 'unreadable', detail: 'too large' });
    return err({ kind: 'unavailable', detail: codeOf(cause) });
  }
}

async function readAnswer(dispatcher: Dispatcher, url: URL, signal: AbortSignal) {
  const { statusCode, body } = await request(url, { dispatcher, signal, headers: HEADERS });
  return { status: statusCode, text: await body.text() };
}

/** undici hears a signal only once it has a connection; whoever waits for one must not wait longer. */
export function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The JSON of a text; undefined where it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the parser's own words would quote the text
  }
}

/** A code or a name, never the message: messages quote addresses. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'failed';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** Where an answer is not of its shape, and how; never what it said there. */
function mistakesIn({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ code, path }) => `${code} at ${path.join('.') || 'the top'}`)
    .join(', ');
}
