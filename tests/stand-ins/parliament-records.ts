/** A constituency and whoever sits for it: made up, apart from the constituency's name. */
export interface MadeUpSeat {
  readonly id: number;
  readonly name: string;
  readonly endDate: string | null;
  readonly member: { readonly id: number; readonly first: string; readonly last: string } | null;
  readonly email: 'both' | 'constituency' | 'none';
}

const FIRST = ['Robin', 'Asha', 'Morgan', 'Iona', 'Tomos', 'Niamh', 'Callum', 'Priya', 'Edith', 'Jamal', 'Wren'];
const LAST = ['Ashgrove', 'Pellow', 'Quillfeather', 'Marchbank', 'Tresillian', 'Inkpen', 'Larkrise', 'Oakhanger'];

/** The same seat for the same number, whenever it is asked for. */
export function madeUpSeat(
  at: number,
  name: string,
  { vacant, email }: { vacant: boolean; email: MadeUpSeat['email'] },
): MadeUpSeat {
  const member = { id: 5000 + at, first: FIRST[at % FIRST.length]!, last: LAST[at % LAST.length]! };
  return { id: 4001 + at, name, endDate: null, member: vacant ? null : member, email };
}

const SINCE = '2024-07-04T00:00:00';

/** A constituency with its member, every key in the order they come. */
export function valueOf({ id, name, endDate, member }: MadeUpSeat) {
  const membership = {
    membershipFrom: name,
    membershipFromId: id,
    house: 1,
    membershipStartDate: SINCE,
    membershipEndDate: null,
    membershipEndReason: null,
    membershipEndReasonNotes: null,
    membershipEndReasonId: null,
  };
  return {
    id,
    name,
    startDate: '2024-05-31T00:00:00',
    endDate,
    currentRepresentation: member && {
      member: { value: memberOf(member, { ...membership, membershipStatus: STATUS }), links: linksOfMember(member.id) },
      representation: { ...membership, membershipStatus: null },
    },
  };
}

const STATUS = {
  statusIsActive: true,
  statusDescription: 'Current Member',
  statusNotes: null,
  statusId: 0,
  status: 0,
  statusStartDate: SINCE,
};

const PARTY = {
  id: 9999,
  name: 'Made-up Party',
  abbreviation: 'Mup',
  backgroundColour: '445566',
  foregroundColour: 'FFFFFF',
  isLordsMainParty: false,
  isLordsSpiritualParty: false,
  governmentType: null,
  isIndependentParty: false,
};

function memberOf({ id, first, last }: NonNullable<MadeUpSeat['member']>, latestHouseMembership: object) {
  return {
    id,
    nameListAs: `${last}, ${first}`,
    nameDisplayAs: `${first} ${last}`,
    nameFullTitle: `${first} ${last} MP`,
    nameAddressAs: null,
    latestParty: PARTY,
    gender: 'F',
    latestHouseMembership,
    thumbnailUrl: `https://members-api.parliament.uk/api/Members/${id}/Thumbnail`,
  };
}

export function linksOfMember(id: number) {
  const pages = [
    ['self', ''],
    ['overview', ''],
    ['synopsis', '/Synopsis'],
    ['contactInformation', '/Contact'],
  ] as const;
  return pages.map(([rel, page]) => ({ rel, href: `/Members/${id}${page}`, method: 'GET' }));
}

/** How a member can be reached: keys without a value are left out, apart from two that are always null. */
export function contactOf({ member, email }: MadeUpSeat) {
  const entry = (type: string, typeId: number, isWebAddress: boolean) => ({
    type,
    typeDescription: null,
    typeId,
    isPreferred: false,
    isWebAddress,
    notes: null,
  });
  const at = (office: string) => ({ email: `${office}-${member?.id}@parliament.example` });
  return [
    {
      ...entry('Parliamentary office', 1, false),
      line1: 'House of Commons',
      line2: 'London',
      postcode: 'SW1A 0AA',
      ...(email === 'both' && at('member')),
    },
    {
      ...entry('Constituency office', 4, false),
      line1: 'Constituency Office',
      ...(email !== 'none' && at('constituency')),
    },
    { ...entry('Website', 6, true), line1: `https://member-${member?.id}.example/` },
    { ...entry('X (formerly Twitter)', 7, true), line1: `https://twitter.com/member_${member?.id}` },
  ];
}
