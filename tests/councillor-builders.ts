import type { Council } from '../src/domain/council.ts';
import type { Councillor, CouncillorList } from '../src/domain/councillor.ts';
import type { FoundList } from '../src/domain/found-list.ts';
import { NOON } from './builders.ts';

export const SOUTHWARK = 'E09000028';

export function aCouncil(details: Partial<Council> = {}): Council {
  return {
    code: SOUTHWARK,
    name: 'London Borough of Southwark',
    tier: 'unitary',
    area: 'Southwark',
    nation: 'England',
    countyCode: null,
    website: 'https://www.southwark.gov.uk/',
    welshName: null,
    moderngov: 'https://moderngov.southwark.gov.uk',
    councillorsPage: 'https://moderngov.southwark.gov.uk/mgMemberIndex.aspx',
    validFrom: null,
    validUntil: null,
    successorCode: null,
    ...details,
  };
}

export function aCouncillor(details: Partial<Councillor> = {}): Councillor {
  const theirId = details.theirId ?? '1';
  return {
    councilCode: SOUTHWARK,
    theirId,
    name: 'Ada Example',
    party: 'Independent',
    seat: 'London Bridge & West Bermondsey',
    seatCode: null,
    emails: [{ address: `c${theirId}@southwark.gov.uk`, kind: 'official' }],
    ...details,
  };
}

/** So many people, three to a ward. */
export function aList(size: number, details: Partial<Councillor> = {}): CouncillorList {
  const councillors = Array.from({ length: size }, (_, at) =>
    aCouncillor({ theirId: String(at + 1), seat: `Ward ${String.fromCodePoint(65 + Math.floor(at / 3))}`, ...details }),
  );
  return { councilCode: SOUTHWARK, councillors, vacantSeats: [] };
}

export function aFoundList(list: CouncillorList, details: Partial<FoundList> = {}): FoundList {
  return { list, source: 'moderngov', at: NOON, origins: {}, validators: null, ...details };
}
