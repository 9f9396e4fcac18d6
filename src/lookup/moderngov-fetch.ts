import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { type Dispatcher, errors, request } from 'undici';
import type { ListFailure, Validators } from '../domain/councillor-list.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { endOf } from './attempt.ts';
import { MOST_REDIRECTS, nextHop } from './moderngov-redirect.ts';
import { PrivateAddressError } from './public-address.ts';

export type Fetched =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'text'; readonly text: string; readonly validators: Validators | null };

export interface Ask {
  readonly url: URL;
  readonly validators: Validators | null;
  /** Where redirects may lead. */
  readonly sites: readonly string[];
  /** From asking to the last byte, redirects and all. */
  readonly timeoutMs: number;
  readonly largestBytes: number;
  /** Before a redirect is followed: it leads to the same council's server. */
  readonly pauseMs: number;
  /** Ends it before its time. */
  readonly stop?: AbortSignal | undefined;
}

/** Asks once, follows redirects within the council's own sites, and reads no more than it must. */
export async function fetchList(dispatcher: Dispatcher, ask: Ask): Promise<Result<Fetched, ListFailure>> {
  const timeout = AbortSignal.timeout(ask.timeoutMs);
  const signal = ask.stop ? AbortSignal.any([timeout, ask.stop]) : timeout;
  try {
    return await Promise.race([follow(dispatcher, ask, signal), endOf(signal)]);
  } catch (cause) {
    if (cause instanceof errors.InvalidArgumentError) throw cause; // our own mistake, not the council's
    return err(wordFor(cause, signal));
  }
}

async function follow(dispatcher: Dispatcher, ask: Ask, signal: AbortSignal): Promise<Result<Fetched, ListFailure>> {
  let url = ask.url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await request(url, { dispatcher, signal, headers: headersFor(ask.validators) });
    if (answer.statusCode === 200) return readAll(answer, ask.largestBytes);

    await answer.body.dump();
    if (answer.statusCode === 304 && ask.validators) return ok({ kind: 'unchanged' });
    if (!REDIRECTS.includes(answer.statusCode)) return err(wordForStatus(answer.statusCode));
    const next = nextHop(url, one(answer.headers.location), ask.sites);
    if (!next) return err('redirected-away');
    url = next;
    if (redirects < MOST_REDIRECTS) await wait(ask.pauseMs, undefined, { signal });
  }
  return err('redirected-away');
}

const REDIRECTS = [301, 302, 303, 307, 308];

function headersFor(validators: Validators | null): Record<string, string> {
  return {
    accept: 'text/xml, application/xml;q=0.9',
    'accept-encoding': 'gzip',
    'user-agent': 'Pennypost (letters to councils and MPs)',
    ...(validators?.etag && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
  };
}

async function readAll(
  { headers, body }: Dispatcher.ResponseData,
  largestBytes: number,
): Promise<Result<Fetched, ListFailure>> {
  const encoding = one(headers['content-encoding']) ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    await body.dump();
    return err('unreadable');
  }
  const bytes: Buffer[] = [];
  const take = (source: AsyncIterable<Buffer>) => collect(source, bytes, largestBytes);
  await (encoding === 'gzip' ? pipeline(body as Readable, createGunzip(), take) : pipeline(body as Readable, take));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(bytes));
  return ok({ kind: 'text', text, validators: validatorsIn(headers) });
}

class TooLargeError extends Error {}

/** Stops reading at once where it is too much; what was sent compressed is counted as it unfolds. */
async function collect(source: AsyncIterable<Buffer>, into: Buffer[], largestBytes: number): Promise<void> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > largestBytes) throw new TooLargeError();
    into.push(chunk);
  }
}

/** What is kept to be said back has to be short and plain. */
function validatorsIn(headers: Dispatcher.ResponseData['headers']): Validators | null {
  const plain = (header: string | string[] | undefined) => {
    const text = one(header);
    return text !== undefined && /^[\x20-\x7e]{1,200}$/.test(text) ? text : null;
  };
  const [etag, lastModified] = [plain(headers.etag), plain(headers['last-modified'])];
  return etag === null && lastModified === null ? null : { etag, lastModified };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function wordForStatus(status: number): ListFailure {
  if (status === 401 || status === 403 || status === 451) return 'refused';
  return status === 408 || status === 429 || status >= 500 ? 'unavailable' : 'not-moderngov';
}

function wordFor(cause: unknown, signal: AbortSignal): ListFailure {
  if (cause instanceof TooLargeError) return 'too-large';
  if (cause instanceof PrivateAddressError) return 'private-address';
  if (signal.aborted || cause instanceof errors.ConnectTimeoutError) return 'too-slow';
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'unreadable' : 'unavailable';
}
