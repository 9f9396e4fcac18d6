import { z } from 'zod';
import type { CouncillorList } from '../domain/councillor.ts';
import type { Area } from '../domain/nation.ts';
import type { PostcodeAreas } from '../domain/place.ts';
import { readPostcode } from '../domain/postcode.ts';
import type { Seat } from '../domain/seat.ts';
import { areaCode, nation, text } from './shapes.ts';
import { uniqueBy } from './unique.ts';
import { readYaml } from './yaml-file.ts';

/** Real places with made-up people, for practising without a network. */
export interface Examples {
  readonly areas: readonly PostcodeAreas[];
  /** By code of constituency. */
  readonly seats: Readonly<Record<string, Seat>>;
  /** Made-up councillors of a few councils, as if these had published them. */
  readonly councillors: readonly CouncillorList[];
}

const area = z.strictObject({ code: areaCode, name: text }) satisfies z.ZodType<Area>;

const postcode = z.string().transform((typed, context) => {
  const read = readPostcode(typed);
  if (read.ok && read.value === typed) return read.value;
  context.addIssue('is not a postcode in its one written form');
  return z.NEVER;
});

const Place = z
  .strictObject({
    postcode,
    nation,
    district: areaCode,
    county: areaCode.nullable(),
    ward: area.nullable(),
    division: area.nullable(),
    constituency: area,
  })
  .transform(({ district, county, ...rest }): PostcodeAreas => ({
    ...rest,
    districtCode: district,
    countyCode: county,
  }));

/** Nobody may take a made-up person's address for a real one: the domain of each is reserved for examples. */
const madeUpAddress = z.email().regex(/[@.]example\.org$/, 'is not at example.org');

const Holder = z
  .strictObject({ name: text, address_as: text.nullable().default(null), email: madeUpAddress.nullable() })
  .transform(({ name, address_as: addressAs, email }): Seat => ({
    vacant: false,
    member: { displayName: name, addressAs, email },
  }));

const Vacancy = z.literal('vacant').transform((): Seat => ({ vacant: true }));

/** Only the wards and divisions of example places: enough to practise with. */
const CouncillorsOf = z
  .strictObject({
    council: areaCode,
    seats: z.array(
      z.strictObject({
        seat: text,
        councillors: z.array(
          z.strictObject({ id: text, name: text, party: text.nullable(), email: madeUpAddress.nullable() }),
        ),
        vacant: z.int().nonnegative().default(0),
      }),
    ),
  })
  .transform(({ council: councilCode, seats }): CouncillorList => ({
    councilCode,
    councillors: seats.flatMap(({ seat, councillors }) =>
      councillors.map(({ id: theirId, name, party, email }) => ({
        councilCode,
        theirId,
        name,
        party,
        seat,
        seatCode: null,
        emails: email === null ? [] : [{ address: email, kind: 'official' as const }],
      })),
    ),
    vacantSeats: seats.flatMap(({ seat, vacant }) => Array.from({ length: vacant }, () => seat)),
  }));

const ExamplesFile = z
  .strictObject({
    places: z.array(Place),
    seats: z.record(areaCode, z.union([Vacancy, Holder])),
    councillors: z.array(CouncillorsOf),
  })
  .transform(({ places, seats, councillors }): Examples => ({ areas: places, seats, councillors }));

const FILE = 'examples.yaml';

/** Reads the example places and seats from the folder of data. */
export function readExamples(folder: URL): Examples {
  const examples = readYaml(new URL(FILE, folder), ExamplesFile);
  uniqueBy(FILE, examples.areas, (areas) => [areas.postcode]);
  uniqueBy(FILE, examples.councillors, (list) => [list.councilCode]);
  for (const { councillors } of examples.councillors) uniqueBy(FILE, councillors, ({ theirId }) => [theirId]);
  return examples;
}
