import { SaxesParser } from 'saxes';
import { err, ok, type Result } from '../domain/result.ts';

/** One entry under a ward: a councillor, or a seat that nobody holds. Addresses, telephones and photographs are never read. */
export interface Entry {
  id: string;
  name: string;
  party: string;
  district: string;
  representing: string;
  /** As typed, the office's before the home's. */
  workEmail: string;
  homeEmail: string;
}

export interface Ward {
  title: string;
  readonly entries: Entry[];
}

const ROOT = 'councillorsbyward';
const WARD = `${ROOT}/wards/ward`;
const COUNCILLOR = `${WARD}/councillors/councillor`;

/** Their words on the left, ours on the right: no other element's text is ever held. */
const FIELDS: Readonly<Record<string, keyof Entry>> = {
  [`${COUNCILLOR}/councillorid`]: 'id',
  [`${COUNCILLOR}/fullusername`]: 'name',
  [`${COUNCILLOR}/politicalpartytitle`]: 'party',
  [`${COUNCILLOR}/districttitle`]: 'district',
  [`${COUNCILLOR}/representing`]: 'representing',
  [`${COUNCILLOR}/workaddress/email`]: 'workEmail',
  [`${COUNCILLOR}/homeaddress/email`]: 'homeEmail',
};
const TITLE = `${WARD}/wardtitle`;

/** No answer is nested so deeply, and no field is so long. */
const DEEPEST = 20;
const LONGEST_FIELD = 2_000;

export type XmlFailure = 'not-moderngov' | 'unreadable';

/**
 * Reads the answer to GetCouncillorsByWard. It has to be well-formed and of that root; entities are the five of XML and numbers, and a
 * document that declares its own (or a type at all) is refused.
 */
export function readByWard(text: string): Result<Ward[], XmlFailure> {
  const reading = openReading();
  try {
    reading.parser.write(text).close();
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return err(cause.word);
  }
  return ok(reading.wards);
}

/** Thrown out of the parser's callbacks, which is the one way to stop it. */
class Refusal extends Error {
  readonly word: XmlFailure;
  constructor(word: XmlFailure) {
    super(word);
    this.word = word;
  }
}

function openReading() {
  const parser = new SaxesParser({ fragment: false });
  const path: string[] = [];
  const wards: Ward[] = [];
  let at = '';
  let text = '';

  parser.on('error', () => {
    throw new Refusal(path.length > 0 || wards.length > 0 ? 'unreadable' : 'not-moderngov');
  });
  parser.on('doctype', (doctype) => {
    throw new Refusal(/^\s*html/i.test(doctype) ? 'not-moderngov' : 'unreadable');
  });
  parser.on('opentag', ({ name }) => {
    if (path.length === 0 && name !== ROOT) throw new Refusal('not-moderngov');
    if (path.length >= DEEPEST) throw new Refusal('unreadable');
    path.push(name);
    at = path.join('/');
    text = '';
    if (at === WARD) wards.push({ title: '', entries: [] });
    if (at === COUNCILLOR) wards.at(-1)?.entries.push(emptyEntry());
  });
  const hear = (piece: string) => {
    if (at !== TITLE && !FIELDS[at]) return;
    text += piece;
    if (text.length > LONGEST_FIELD) throw new Refusal('unreadable');
  };
  parser.on('text', hear);
  parser.on('cdata', hear);
  parser.on('closetag', () => {
    const [ward, field] = [wards.at(-1), FIELDS[at]];
    const entry = ward?.entries.at(-1);
    if (ward && at === TITLE) ward.title ||= plainText(text);
    if (entry && field) entry[field] ||= plainText(text);
    path.pop();
    at = path.join('/');
    text = '';
  });
  return { parser, wards };
}

function emptyEntry(): Entry {
  return { id: '', name: '', party: '', district: '', representing: '', workEmail: '', homeEmail: '' };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** One line of text: some councils' entities were encoded twice, and empty elements hold spaces. */
function plainText(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/&#(\d{1,6}|x[\da-f]{1,5});/gi, (_, digits: string) => letter(digits))
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function letter(digits: string): string {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? '' : String.fromCodePoint(code);
}
