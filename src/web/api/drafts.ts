import { json, Router, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { DraftLetter } from '../../actions/draft-letter.ts';
import { allOf, type FindAddressees } from '../../actions/find-addressees.ts';
import type { FindPlace } from '../../actions/find-place.ts';
import type { Addressee } from '../../domain/addressee.ts';
import { signed } from '../../domain/draft.ts';
import type { Place } from '../../domain/place.ts';
import { signature } from '../../domain/supporter.ts';
import { fillWords, type Words } from '../../domain/words.ts';
import { placeProblem, RETRY_AFTER_SECONDS } from './place-problem.ts';
import { sendProblem } from './problem.ts';

export interface DraftsApiNeeds {
  readonly words: Words;
  readonly findPlace: FindPlace;
  readonly findAddressees: FindAddressees;
  readonly draftLetter: DraftLetter;
  readonly lookups: RequestHandler;
}

const Wanted = z.object({
  postcode: z.string().max(100),
  to: z.array(z.string().max(100)).min(1).max(20),
  supporter: z
    .object({ name: z.string().trim().max(100).default(''), address: z.string().trim().max(300).default('') })
    .optional(),
});

/** POST /api/v1/drafts: the letters that a supporter of this postcode would start from, kept nowhere. */
export function draftsApi({ words, findPlace, findAddressees, draftLetter, lookups }: DraftsApiNeeds): Router {
  const api = Router();

  api.post('/api/v1/drafts', lookups, json({ limit: '64kb' }), async (req, res) => {
    const wanted = Wanted.safeParse(req.body);
    if (!wanted.success) return refuse(res, words, 'bad-request', { what: whatIsWrong(wanted.error) });

    const found = await findPlace(wanted.data.postcode);
    if (!found.ok) {
      if (found.error.kind === 'lookup-unavailable') res.set('Retry-After', String(RETRY_AFTER_SECONDS));
      return sendProblem(res, placeProblem(found.error, words));
    }
    const { place } = found.value;
    const own = allOf(await findAddressees(place));
    const addressees = wanted.data.to.map((id) => own.find((addressee) => addressee.id === id));
    if (!addressees.every((addressee) => addressee !== undefined)) return refuse(res, words, 'not-your-representative');
    const closed = addressees.find(({ closed }) => closed)?.closed;
    if (closed) return refuse(res, words, closed, {}, { closed });
    if (addressees.some(({ vacant }) => vacant)) return refuse(res, words, 'vacant-seat');

    const from = wanted.data.supporter && signatureOf(wanted.data.supporter, place);
    res.json({ drafts: addressees.map((addressee) => draftJson(draftLetter, place, addressee, from ?? '')) });
  });

  return api;
}

function draftJson(draftLetter: DraftLetter, place: Place, addressee: Addressee, from: string): object {
  const { subject, body, templateId, facts } = draftLetter(place, [addressee]);
  return {
    to: addressee.id,
    subject,
    body: signed(body, from),
    template: templateId,
    facts: facts.map(({ id }) => id),
  };
}

function signatureOf({ name, address }: { name: string; address: string }, { postcode }: Place): string {
  const lines = address.split(/[\r\n,]+/).map((line) => line.trim());
  return signature({
    name,
    address: lines.filter((line) => line !== ''),
    postcode: lines.includes(postcode ?? '') ? null : postcode,
  });
}

const STATUSES = { 'bad-request': 400, 'not-your-representative': 422, 'vacant-seat': 409, dissolution: 409 } as const;

function refuse(
  res: Response,
  words: Words,
  type: keyof typeof STATUSES,
  sayings: Record<string, string> = {},
  more: object = {},
): void {
  const { title, detail } = words.problems[type];
  sendProblem(res, { type, status: STATUSES[type], title, detail: fillWords(detail, sayings), ...more });
}

/** The paths of what does not fit, never their values: "to.0, supporter.name". */
function whatIsWrong(error: z.ZodError): string {
  return [...new Set(error.issues.map(({ path }) => path.join('.') || 'body'))].join(', ');
}
