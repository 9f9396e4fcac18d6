import { z } from 'zod';
import { NATIONS, type Area, type Nation } from '../domain/nation.ts';
import type { ElsewhereInTheIsles, PostcodeAreas } from '../domain/place.ts';
import type { Postcode } from '../domain/postcode.ts';
import { err, ok, type Result } from '../domain/result.ts';

type Unread = { kind: 'outside-the-uk'; where: ElsewhereInTheIsles } | { kind: 'unreadable'; detail: string };

const text = z.string().nullable();

/** postcodes.io's record, releases 16 to 18; boundaries of 2024 have names of their own since October 2024. */
const DirectoryRecord = z.object({
  postcode: z.string(),
  country: z.string(),
  admin_ward: text,
  ced: text,
  parliamentary_constituency: text,
  parliamentary_constituency_2024: text.optional(),
  codes: z.object({
    admin_district: z.string(),
    admin_county: text,
    admin_ward: text,
    ced: text,
    parliamentary_constituency: text,
    parliamentary_constituency_2024: text.optional(),
  }),
});

/** The answer to a postcode in use. */
export const Live = z.object({ status: z.literal(200), result: DirectoryRecord });

/** What a record says in our words; an answer about another postcode, or without council or constituency, is no answer. */
export function areasIn(record: z.infer<typeof DirectoryRecord>, asked: Postcode): Result<PostcodeAreas, Unread> {
  const { codes } = record;
  if (record.postcode !== asked) return unreadable('an answer about another postcode');
  const where = ISLANDS.get(codes.admin_district);
  if (where) return err({ kind: 'outside-the-uk', where });

  const nation = NATIONS.find((nation) => nation === record.country);
  if (!nation) return unreadable('an unknown country');
  if (!isReal(codes.admin_district) || !codes.admin_district.startsWith(LETTERS[nation]))
    return unreadable('no council');
  const constituency =
    area(codes.parliamentary_constituency_2024, record.parliamentary_constituency_2024) ??
    area(codes.parliamentary_constituency, record.parliamentary_constituency);
  if (!constituency) return unreadable('no constituency');

  return ok({
    postcode: asked,
    nation,
    districtCode: codes.admin_district,
    countyCode: COUNTY.test(codes.admin_county ?? '') ? codes.admin_county : null,
    ward: area(codes.admin_ward, record.admin_ward),
    // Their list of divisions lags behind their directory: a code without a name is common, and says nothing of the county.
    division: area(codes.ced, record.ced),
    constituency,
  });
}

/** Official codes begin with the letter of their nation. */
const LETTERS = { England: 'E', Scotland: 'S', Wales: 'W', 'Northern Ireland': 'N' } as const satisfies Record<
  Nation,
  string
>;

const ISLANDS: ReadonlyMap<string, ElsewhereInTheIsles> = new Map([
  ['L99999999', 'channel-islands'],
  ['M99999999', 'isle-of-man'],
]);

/** E10 is a county with a council; nothing else in this field is one. */
const COUNTY = /^E10\d{6}$/;

/** An area, where there is one: nine characters that are not a placeholder, and a name. */
function area(code: string | null | undefined, name: string | null | undefined): Area | null {
  return code && name && isReal(code) ? { code, name } : null;
}

function isReal(code: string): boolean {
  return /^[EWSN]\d{8}$/.test(code) && !code.endsWith('99999999');
}

function unreadable(detail: string): Result<never, Unread> {
  return err({ kind: 'unreadable', detail });
}
