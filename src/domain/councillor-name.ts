import { restoreCapitals } from './capitals.ts';
import { plainName } from './name.ts';

/** A councillor's name as one would write it: "Sir Ada van der Example". */
export interface CouncillorName {
  readonly name: string;
  /** "van der Example"; null where we cannot be sure which part it is. */
  readonly surname: string | null;
}

/** Every way of saying that nobody holds a seat, in English and Welsh. */
const VACANT = /\b(vacant|vacancy|sedd wag|swydd wag|gwag)\b|^(to be (elected|confirmed|announced)|tbc|tba)$/;

/** Whether what stands where a name should says that the seat is empty: "Vacant seat", "VACANCY", or nothing at all. */
export function saysVacant(published: string): boolean {
  const plain = plainName(published);
  return VACANT.test(plain) || plainName(withoutOffices(published)) === '';
}

const COUNCILLOR =
  /^.*\b(?:[Cc]ouncillors?|COUNCILLOR|[Cc]llr|CLLR|[Cc]ynghorydd|CYNGHORYDD|[Cc]yng|CYNG)(?=[A-Z\s.,:-]|$)(?!\s+(?:for|of|representing)\b)[\s.,:-]*/;

/** Offices that are said before a name. A surname is never the first word of several, so "Ada Mayor" keeps hers. */
const OFFICE =
  /^(?:(?:the )?(?:(?:rt|right)\.? (?:hon(?:ourable)?|worshipful)|(?:deputy )?(?:lord )?(?:civic )?(?:mayoress|mayor|provost)(?: of \w+)?(?:'s consort)?|(?:deputy )?leader(?: of the council)?|bailie|baillie|alderman|alderwoman|ald|hon(?=\.)|y|yr)|mrs|mr|ms|miss|mx)(?=[\s.,:]|$)[\s.,:-]*/i;

/** What one is called before a name, and keeps. */
const TITLE =
  /^(sir|dame|dr|prof|professor|lord|lady|baroness|baron|viscount|rev|revd|reverend|canon|major|maj|captain|capt|colonel|col|commander|cmdr|wing|squadron|father|fr|imam|rabbi)\.?$/i;

/** What stands behind a name: honours, offices of justice and degrees. Short ones could be surnames, so something must be left without them. */
const LETTERS =
  /^(OBE|MBE|CBE|KBE|DBE|BEM|GBE|KCB|CB|CMG|LVO|MVO|RVM|JP|DL|MP|MEP|MSP|MS|AS|AM|MLA|TD|VR|RD|VRD|QPM|KPM|QFSM|KSS|KSG|KCSG|KC|QC|GM|QGM|DSO|DFC|MC|PhD|DPhil|MD|MA|MSc|MBA|MEd|MEng|MPhil|LLM|BA|BSc|BEng|BEd|LLB|Hons|FRSA|FRCS|FRICS|FCA|FCCA|ACA|CEng|PGCE|RGN|Esq)$/i;

const PARTY_OR_OFFICE =
  /\s+[-–—]\s*(labour|conservative|lib(eral)? ?dem|green|reform|independent|plaid|snp|scottish|ukip|dup|uup|tuv|sdlp|sinn|alliance|leader|deputy|mayor|chair|vice|cabinet|portfolio|councillor|cllr|member|ward|group|opposition|executive)\b.*$/i;

const PARTICLE =
  /^(van|von|der|den|de|del|della|dela|di|da|dos|das|du|des|la|le|el|al|ten|ter|zu|bin|bint|ibn|ap|ab|ferch|mac|mc|nic|ni|ní|mhic|ui|uí|ó|an|st|st\.|abu)$/i;

const SUFFIX = /^(jr|jnr|junior|snr|sr|senior|ii|iii|iv)\.?$/i;

/** Reads what a council publishes as somebody's full name: "Councillor Sir Ada van der EXAMPLE OBE (Deputy Mayor)". */
export function readName(published: string): CouncillorName {
  const bare = withoutOffices(withoutRemarks(published)).replace(PARTY_OR_OFFICE, '');
  const words = withoutLetters(bare.replace(/\s+-\s+/g, '-').split(' '));
  const text = words.join(' ').replace(/[-,.;:\s]+$/, '');
  const name = restoreCapitals(text.includes(',') ? turnedRound(text) : text);
  return { name, surname: surnameIn(name) };
}

/** What to write after "Dear Councillor": the surname, or the whole name where we cannot be sure of it. */
export function salutationName(name: string): string {
  return surnameIn(name) ?? name;
}

function withoutRemarks(published: string): string {
  return published
    .replace(/[([{][^)\]}]*[)\]}]?/g, ' ')
    .replace(/["“”][^"“”]*["“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutOffices(text: string): string {
  const behind = text.replace(COUNCILLOR, '').trim();
  const shorter = (behind === '' ? text.replace(/[\s,]*\b(councillor|cllr)\.?\s*$/i, '') : behind)
    .replace(OFFICE, '')
    .trim();
  return shorter === text ? text : withoutOffices(shorter);
}

/** At least a first name and a surname are left, if there were so many. */
function withoutLetters(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  if (last === undefined || words.length <= 2) return words;
  return isLetters(last) ? withoutLetters(words.slice(0, -1)) : words;
}

/** Honours are written in capitals, or as degrees are; "Ma" is a name. */
function isLetters(word: string): boolean {
  const plain = word.replace(/[.,;]/g, '');
  return (
    LETTERS.test(plain) &&
    (/^[A-Z]{2,}$/.test(plain) || /^(?=.*[a-z].*[A-Z]|Hons$|Esq$|BSc$|MSc$|BEd$|MEd$)/.test(plain))
  );
}

/** "Example, Ada" is Ada Example; any other comma is left where it is. */
function turnedRound(text: string): string {
  const parts = text.split(',').map((part) => part.trim());
  const [surname = '', first = ''] = parts;
  const isSurname = surname
    .split(' ')
    .slice(0, -1)
    .every((word) => PARTICLE.test(word));
  return parts.length === 2 && isSurname && first !== '' ? `${withoutOffices(first)} ${surname}` : text;
}

function surnameIn(name: string): string | null {
  if (/,|\bof\b/.test(name)) return null;
  const words = name.split(' ').filter((word) => !SUFFIX.test(word));
  const forename = words.findIndex((word) => !TITLE.test(word));
  const rest = words.slice(forename);
  if (forename === -1 || rest.length < 2 || PARTICLE.test(rest[0] ?? '')) return null;
  const last = rest.length - 1;
  const before = rest.slice(1, last).findLastIndex((word) => !PARTICLE.test(word));
  return rest.slice(before + 2).join(' ');
}
