/** What one row of the directory tells; everything else of its record is null, or its nation's placeholder. */
export interface Row {
  postcode: string;
  country: string;
  region?: string;
  district: readonly [name: string, code: string];
  county?: readonly [name: string, code: string];
  ward?: readonly [name: string, code: string];
  /** The name may be missing where the code is known. */
  division?: readonly [name: string | null, code: string];
  constituency?: readonly [name: string, code: string];
}

const SOUTHWARK = {
  country: 'England',
  region: 'London',
  district: ['Southwark', 'E09000028'],
  ward: ['London Bridge & West Bermondsey', 'E05011104'],
  constituency: ['Bermondsey and Old Southwark', 'E14001085'],
} as const;

/** Names and official codes of places. No ward where we hold no official record of it; constituencies of postcodes in large councils stand in for one another. */
export const ROWS: readonly Row[] = [
  { postcode: 'SE1 2DL', ...SOUTHWARK },
  { postcode: 'SE1P 5ZZ', ...SOUTHWARK },
  {
    postcode: 'M1 1AD',
    country: 'England',
    region: 'North West',
    district: ['Manchester', 'E08000003'],
    ward: ['Deansgate', 'E05011361'],
    constituency: ['Manchester Central', 'E14001352'],
  },
  {
    postcode: 'E1 4TT',
    country: 'England',
    region: 'London',
    district: ['Tower Hamlets', 'E09000030'],
    constituency: ['Bethnal Green and Stepney', 'E14001086'],
  },
  {
    postcode: 'ME4 4QN',
    country: 'England',
    region: 'South East',
    district: ['Medway', 'E06000035'],
    constituency: ['Chatham and Aylesford', 'E14001157'],
  },
  {
    postcode: 'OX49 5NU',
    country: 'England',
    region: 'South East',
    district: ['South Oxfordshire', 'E07000179'],
    county: ['Oxfordshire', 'E10000025'],
    ward: ['Chalgrove', 'E05009735'],
    division: [null, 'E58001732'],
    constituency: ['Henley and Thame', 'E14001280'],
  },
  {
    postcode: 'TN9 1BG',
    country: 'England',
    region: 'South East',
    district: ['Tonbridge and Malling', 'E07000115'],
    county: ['Kent', 'E10000016'],
    constituency: ['Tonbridge', 'E14001549'],
  },
  {
    postcode: 'AB10 1AB',
    country: 'Scotland',
    district: ['Aberdeen City', 'S12000033'],
    ward: ['George St/Harbour', 'S13002842'],
    constituency: ['Aberdeen South', 'S14000061'],
  },
  {
    postcode: 'EH1 1YZ',
    country: 'Scotland',
    district: ['City of Edinburgh', 'S12000036'],
    ward: ['City Centre', 'S13002929'],
    constituency: ['Edinburgh North and Leith', 'S14000079'],
  },
  {
    postcode: 'SA19 7BR',
    country: 'Wales',
    district: ['Carmarthenshire', 'W06000010'],
    ward: ['Manordeilo and Salem', 'W05001216'],
    constituency: ['Caerfyrddin', 'W07000087'],
  },
  {
    postcode: 'BT53 7HX',
    country: 'Northern Ireland',
    district: ['Causeway Coast and Glens', 'N09000004'],
    ward: ['Route', 'N08000436'],
    constituency: ['North Antrim', 'N05000012'],
  },
  {
    postcode: 'JE2 4WD',
    country: 'Channel Islands',
    district: ['Channel Islands', 'L99999999'],
    ward: ['Channel Islands (pseudo)', 'L99999999'],
  },
  {
    postcode: 'KT10 9AA',
    country: 'England',
    region: 'South East',
    district: ['Elmbridge', 'E07000207'],
    county: ['Surrey', 'E10000030'],
    constituency: ['Esher and Walton', 'E14001230'],
  },
];

const KEYS =
  'postcode quality eastings northings country nhs_ha longitude latitude european_electoral_region primary_care_trust region lsoa msoa incode outcode parliamentary_constituency parliamentary_constituency_2024 admin_district parish admin_county date_of_introduction admin_ward ced ccg nuts pfa nhs_region ttwa national_park bua icb cancer_alliance lsoa11 msoa11 lsoa21 msoa21 oa21 ruc11 ruc21 lep1 lep2'.split(
    ' ',
  );
const CODE_KEYS =
  'admin_district admin_county admin_ward parish parliamentary_constituency parliamentary_constituency_2024 ccg ccg_id ced nuts lsoa msoa lau2 pfa nhs_region ttwa national_park bua icb cancer_alliance lsoa11 msoa11 lsoa21 msoa21 oa21 ruc11 ruc21 lep1 lep2'.split(
    ' ',
  );
const CODES_THAT_ARE_NULL = ['ccg_id', 'nuts', 'ruc21', 'lep2'];

/** A record of release 18 with every key, in the order they come. */
export function recordOf(row: Row): Record<string, unknown> {
  const [outcode, incode] = row.postcode.split(' ');
  const named = {
    admin_district: row.district,
    admin_county: row.county,
    admin_ward: row.ward,
    ced: row.division,
    parliamentary_constituency: row.constituency,
    parliamentary_constituency_2024: row.constituency,
    lau2: row.district,
  };
  const names = Object.entries(named).map(([key, pair]) => [key, pair?.[0] ?? null]);
  const codes = Object.entries(named).flatMap(([key, pair]) => (pair ? [[key, pair[1]]] : []));
  const known = {
    ...Object.fromEntries(names),
    postcode: row.postcode,
    quality: row.constituency ? 1 : 9,
    country: row.country,
    region: row.region,
    outcode,
    incode,
    date_of_introduction: '198001',
  };
  const placeholder = `${row.district[1].charAt(0)}99999999`;
  return {
    ...Object.fromEntries(KEYS.map((key) => [key, known[key as keyof typeof known] ?? null])),
    codes: Object.fromEntries(
      CODE_KEYS.map((key) => [
        key,
        Object.fromEntries(codes)[key] ?? (CODES_THAT_ARE_NULL.includes(key) ? null : placeholder),
      ]),
    ),
  };
}
