export interface MadeUpCouncillor {
  readonly id: number;
  readonly name: string;
  readonly party?: string;
  readonly district?: string;
  readonly representing?: string;
  /** As the council would type it; absent: none. */
  readonly workEmail?: string;
  readonly homeEmail?: string;
}

export interface MadeUpWard {
  readonly title: string;
  readonly councillors: readonly MadeUpCouncillor[];
}

const FIRST = ['Ada', 'Bruno', 'Carys', 'Dilip', 'Efe', 'Fiona', 'Gwen', 'Hamza', 'Iona', 'Jan'];
const LAST = ['Example', 'Sample', 'Instance', 'Pattern', 'Specimen', 'Model'];
const PARTIES = ['Red', 'Blue', 'Yellow', 'Independent'];

/** Nobody's names, three to a ward unless told; everyone has an address of the council "Anyborough" or of `domain`. */
export function madeUpWards(titles: readonly string[], perWard = 3, domain = 'anyborough.gov.uk'): MadeUpWard[] {
  return titles.map((title, ward) => ({
    title,
    councillors: Array.from({ length: perWard }, (_, seat) => {
      const at = ward * perWard + seat;
      const [first, last] = [FIRST[at % FIRST.length]!, LAST[at % LAST.length]!];
      return {
        id: 100 + at,
        name: `Councillor ${first} ${last}`,
        party: PARTIES[at % PARTIES.length]!,
        workEmail: `${first}.${last}.${100 + at}@${domain}`.toLowerCase(),
      };
    }),
  }));
}

/** The answer to GetCouncillorsByWard, to the letter and the line end; with home addresses and telephones that nobody may read. */
export function byWardXml(wards: readonly MadeUpWard[]): string {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>', '<councillorsbyward>', '  <wards>'];
  for (const { title, councillors } of wards) {
    lines.push('    <ward>', `      <wardtitle>${escaped(title)}</wardtitle>`, '      <councillors>');
    lines.push(`        <councillorcount> ${councillors.length}</councillorcount>`);
    lines.push(...councillors.map(councillorXml), '      </councillors>', '    </ward>');
  }
  return [...lines, '  </wards>', '</councillorsbyward>', ''].join('\r\n');
}

function councillorXml({ id, name, party, district, representing, workEmail, homeEmail }: MadeUpCouncillor): string {
  const leaf = (tag: string, text = '\r\n          ') => `          <${tag}>${escaped(text)}</${tag}>`;
  const address = (tag: string, email: string | undefined) => [
    `          <${tag}>`,
    `            <line1>${PRIVATE.line}</line1>`,
    `            <postcode>${PRIVATE.postcode}</postcode>`,
    `            <phone>${PRIVATE.phone}</phone>`,
    `            <mobile>${PRIVATE.mobile}</mobile>`,
    ...(email === undefined ? [] : [`            <email>${escaped(email)}</email>`]),
    `          </${tag}>`,
  ];
  return [
    '        <councillor>',
    leaf('councillorid', String(id)),
    leaf('fullusername', name),
    leaf('photosmallurl', `https://anyborough.gov.uk/UserData/Info${id}/smallpic.jpg`),
    leaf('photobigurl', `https://anyborough.gov.uk/UserData/Info${id}/bigpic.jpg`),
    leaf('politicalpartytitle', party),
    leaf('districttitle', district),
    leaf('representing', representing),
    leaf('keyposts'),
    ...address('workaddress', workEmail),
    ...address('homeaddress', homeEmail),
    '          <termsofoffice>',
    '            <termofoffice>',
    '              <startdate>07/05/2026</startdate>',
    '              <enddate>unspecified</enddate>',
    '            </termofoffice>',
    '          </termsofoffice>',
    '        </councillor>',
  ].join('\r\n');
}

/** What stands in every address, and must never be seen again. */
export const PRIVATE = {
  line: '1 Secret Cottage',
  postcode: 'ZZ99 9ZZ',
  phone: '01632 960001',
  mobile: '07700 900001',
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
