import type { Council } from '../../src/domain/council.ts';

/** A made-up district; only what matters to the test is named. */
export function aCouncil(own: Partial<Council> = {}): Council {
  return {
    code: 'E07000999',
    name: 'Anyborough Borough Council',
    tier: 'district',
    area: 'Anyborough',
    nation: 'England',
    countyCode: null,
    website: 'https://www.anyborough.gov.uk/',
    welshName: null,
    moderngov: 'https://democracy.anyborough.gov.uk',
    councillorsPage: 'https://democracy.anyborough.gov.uk/mgMemberIndex.aspx',
    validFrom: null,
    validUntil: null,
    successorCode: null,
    ...own,
  };
}
