import { z } from 'zod';
import type { ElsewhereInTheIsles, PostcodeAreas } from '../domain/place.ts';
import type { Postcode } from '../domain/postcode.ts';
import { err, type Result } from '../domain/result.ts';
import type { LookupFailure } from './failure.ts';
import type { Http } from './http.ts';
import { areasIn, Live } from './postcode-record.ts';

export type PostcodeFailure =
  | { readonly kind: 'unknown-postcode' }
  | { readonly kind: 'not-a-postcode' }
  /** No longer in use since this month (1 to 12). */
  | { readonly kind: 'terminated'; readonly year: number; readonly month: number }
  | { readonly kind: 'outside-the-uk'; readonly where: ElsewhereInTheIsles }
  | Exclude<LookupFailure, { kind: 'not-found' }>;

export interface PostcodesIo {
  /** The areas of one postcode, one request (with its retries). */
  areasFor(postcode: Postcode): Promise<Result<PostcodeAreas, PostcodeFailure>>;
}

/** postcodes.io or one's own copy of it, releases 16 to 18: https://postcodes.io/docs, `GET /postcodes/:postcode`. */
export function postcodesIo(http: Http, origin: URL): PostcodesIo {
  return {
    async areasFor(postcode) {
      const answer = await http.getJson(new URL(`/postcodes/${encodeURIComponent(postcode)}`, origin), Live);
      if (answer.ok) return areasIn(answer.value.result, postcode);
      return err(answer.error.kind === 'not-found' ? whyNotFound(answer.error.body, postcode) : answer.error);
    },
  };
}

// A 404 is an answer here: even what is no postcode at all gets one, and not a 400.
const NotFound = z.object({
  status: z.literal(404),
  error: z.enum(['Postcode not found', 'Invalid postcode']),
  terminated: z
    .object({
      postcode: z.string(),
      year_terminated: z.int().min(1970).max(9999),
      month_terminated: z.int().min(1).max(12),
    })
    .nullish(),
});

function whyNotFound(body: unknown, asked: Postcode): PostcodeFailure {
  const parsed = NotFound.safeParse(body);
  if (!parsed.success) return { kind: 'unreadable', detail: 'a 404 of another kind' };
  const { error, terminated } = parsed.data;
  if (error === 'Invalid postcode') return { kind: 'not-a-postcode' };
  if (!terminated) return { kind: 'unknown-postcode' };
  if (terminated.postcode !== asked) return { kind: 'unreadable', detail: 'the end of another postcode' };
  return { kind: 'terminated', year: terminated.year_terminated, month: terminated.month_terminated };
}
