import { addresseeFinder } from '../../src/actions/find-addressees.ts';
import { letterDrafter, type DraftLetter } from '../../src/actions/draft-letter.ts';
import { councillorId, type Addressee } from '../../src/domain/addressee.ts';
import type { CouncillorAddressee } from '../../src/domain/councillor-group.ts';
import { refOf, TIERS, type Council } from '../../src/domain/council.ts';
import type { Draft } from '../../src/domain/draft.ts';
import type { Fact } from '../../src/domain/fact.ts';
import { NATIONS } from '../../src/domain/nation.ts';
import { STANCES, type Position, type Stance } from '../../src/domain/position.ts';
import { ok } from '../../src/domain/result.ts';
import type { Seat } from '../../src/domain/seat.ts';
import { readRecords } from '../../src/records/records.ts';
import { compileLetter } from '../../src/render/letter-template.ts';
import { aPlace, NOON } from '../builders.ts';

export const records = readRecords(new URL('../../', import.meta.url));
const { councils, facts, templates, campaign } = records;

/** A council of every tier of every nation, and those with the longest and the oddest names. */
const COUNCILS: readonly Council[] = [
  ...NATIONS.flatMap((nation) =>
    TIERS.map((tier) => councils.all.find((one) => one.nation === nation && one.tier === tier)),
  ),
  ...['E09000001', 'E06000053', 'E07000146', 'S12000017', 'S12000036', 'W06000011', 'east-surrey-2027'].map((code) =>
    councils.byCode(code),
  ),
].filter((council) => council !== undefined);

const SEAT: Seat = {
  vacant: false,
  member: { displayName: 'Dr Ffion O’Neill-Ŵyn', addressAs: 'Dr O’Neill-Ŵyn', email: 'ffion@parliament.example' },
};
const VACANT: Seat = { vacant: true };

export function aCouncillorOf({ code, name }: Council, theirId: string, called: string): CouncillorAddressee {
  return {
    id: councillorId(code, theirId),
    kind: 'councillor',
    name: called,
    party: 'Independent',
    office: `Councillor for Caerffili / Caerphilly St. Mary’s, ${name}`,
    salutation: `Dear Councillor ${called.split(' ').at(-1)}`,
    contact: { by: 'email', email: `${theirId}@council.example`, website: null },
    vacant: false,
    areaCode: code,
  };
}

const LONG_AFTER = new Date('2099-01-01T12:00:00Z');

export interface Case {
  readonly council: Council;
  readonly stance: Stance;
  readonly addressee: Addressee;
  readonly draft: Draft;
}

interface Circumstances {
  readonly facts?: readonly Fact[];
  readonly positions?: readonly Position[];
  readonly now?: Date;
  readonly seat?: Seat;
}

/** The letters of somebody who lives under this one council: to it, to the MP and to a councillor. */
export async function lettersFrom(
  council: Council,
  { facts = records.facts, positions = records.positions, now = NOON, seat = SEAT }: Circumstances = {},
): Promise<Case[]> {
  const place = aPlace({ nation: council.nation, councils: [refOf(council)] });
  const find = addresseeFinder({
    registers: records,
    words: records.words,
    contactOf: async () => null,
    switches: async () => new Set(),
    findCouncillors: async () => [
      {
        kind: 'ward',
        councilCode: council.code,
        area: place.ward,
        councillors: [aCouncillorOf(council, '1', 'Siân O’Neill-Ŵyn')],
        nobody: null,
        asOf: now,
      },
    ],
    clock: () => now,
    seatOf: async () => ok(seat),
  });
  const draft = drafter({ facts, positions, now });
  const stance = positions.find(({ councilCode }) => councilCode === council.code)?.stance ?? 'not known';
  const { councils: own, mp, councillors } = await find(place);
  const addressees = [...own, mp, ...councillors.flatMap((group) => group.councillors)];
  return addressees.map((addressee) => ({ council, stance, addressee, draft: draft(place, [addressee]) }));
}

/** Drafts as the site does, from our own templates. */
export function drafter({
  facts = records.facts,
  positions = records.positions,
  now = NOON,
}: Pick<Circumstances, 'facts' | 'positions' | 'now'>): DraftLetter {
  return letterDrafter({
    campaignId: campaign.id,
    templates,
    compile: compileLetter,
    facts,
    positions,
    registers: records,
    words: records.words,
    clock: () => now,
  });
}

/** Every letter that can come about: each kind of council × where it stands × to whom. */
async function allLetters(circumstances: Circumstances = {}): Promise<Case[]> {
  const each = COUNCILS.flatMap((council) =>
    STANCES.map((stance) => lettersFrom(council, { ...circumstances, positions: positionsOf(council, stance) })),
  );
  return (await Promise.all(each)).flat();
}

function positionsOf(council: Council, stance: Stance): readonly Position[] {
  const text = 'In 2024 the council told researchers what it does about its cameras.';
  const known = { councilCode: council.code, text, source: 'A paper', url: null, dated: '2024' };
  return stance === 'not known' ? [] : [{ ...known, stance }];
}

const nameOf = ({ council, stance, addressee, draft }: Case) =>
  `${draft.templateId} (${council.name}, ${stance}, ${addressee.id})`;

/** While every fact holds. */
export const everyLetter = await allLetters();
/** When every fact has expired. */
export const withoutFacts = await allLetters({ now: LONG_AFTER });
const withOneFactLess = (
  await Promise.all(facts.map(({ id }) => allLetters({ facts: facts.filter((fact) => fact.id !== id) })))
).flat();
const withNobodyKnown = await allLetters({ seat: VACANT });
/** All of them, also with one fact less at a time, and with nobody in the seat. */
export const letters = [...everyLetter, ...withoutFacts, ...withOneFactLess, ...withNobodyKnown];

/** The letters that `wrong` finds fault with, by name and with what it found. */
export function faults(among: readonly Case[], wrong: (letter: Case) => string | undefined): readonly string[] {
  return among.flatMap((letter) => {
    const found = wrong(letter);
    return found === undefined ? [] : [`${nameOf(letter)}: ${found}`];
  });
}

export const whole = ({ draft }: Case) => `${draft.subject}\n\n${draft.body}`;

/** Finds fault with a letter in which this stands. */
export const found = (pattern: RegExp) => (letter: Case) => pattern.exec(whole(letter))?.[0];
