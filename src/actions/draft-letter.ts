import { audienceOf, type Addressee } from '../domain/addressee.ts';
import type { Addressees } from '../domain/chosen-addressees.ts';
import { copiesFor, together } from '../domain/copies.ts';
import { nameInSentence, type Council } from '../domain/council.ts';
import { factsFor, type Draft } from '../domain/draft.ts';
import type { Fact } from '../domain/fact.ts';
import type { FillLetter, LetterFields } from '../domain/letter-fields.ts';
import { londonDate, londonDay } from '../domain/london-time.ts';
import { cutAfterSalutation } from '../domain/opening.ts';
import type { Place, Registers } from '../domain/place.ts';
import type { Position } from '../domain/position.ts';
import { chooseTemplate, type Template } from '../domain/template.ts';
import type { Words } from '../domain/words.ts';

/** Fills the campaign's template for one addressee of a place, or for several councillors of one council, as of now. */
export type DraftLetter = (place: Place, addressees: Addressees) => Draft;

interface Needs {
  readonly campaignId: string;
  readonly templates: readonly Template[];
  readonly compile: (template: Template) => FillLetter;
  readonly facts: readonly Fact[];
  readonly positions: readonly Position[];
  readonly registers: Registers;
  readonly words: Words;
  readonly clock: () => Date;
}

export function letterDrafter({
  campaignId,
  templates,
  compile,
  facts,
  positions,
  registers,
  words,
  clock,
}: Needs): DraftLetter {
  const compiled = new Map(templates.map((template) => [template.id, compile(template)]));

  return (place, addressees) => {
    const all = together(addressees, words);
    const council = councilBehind(all, place, registers);
    const position = positions.find(({ councilCode }) => councilCode === council.code);
    const wanted = {
      campaignId,
      audience: audienceOf(all),
      nation: place.nation,
      stance: position?.stance ?? 'not known',
    } as const;
    const template = chooseTemplate(templates, wanted);
    const fill = template && compiled.get(template.id);
    if (!fill) throw new Error(`no template for ${wanted.audience} in ${wanted.nation}, stance ${wanted.stance}`);

    const now = clock();
    const sections = factsFor(template, facts, place.nation, londonDay(now));
    const fillFor = (addressee: Addressee) => fill(fieldsFor({ place, addressee, council, position, sections, now }));
    const { subject, body } = fillFor(all);
    const inTheLetter = ({ text }: Fact) => body.includes(text); // a template may leave a section out

    return {
      templateId: template.id,
      subject,
      ...copiesOf(addressees, all, body, (addressee) => fillFor(addressee).body, words),
      facts: Object.values(sections).flat().filter(inTheLetter),
    };
  };
}

/** One addressee's letter stays in one piece, so that all of it can be edited. Several share what follows the salutation. */
function copiesOf(
  addressees: Addressees,
  all: Addressee,
  whole: string,
  letterTo: (addressee: Addressee) => string,
  words: Words,
): Pick<Draft, 'copies' | 'body' | 'openingForAll'> {
  if (addressees.length === 1)
    return { copies: [{ to: all, sharing: [], opening: '' }], body: whole, openingForAll: '' };
  const { opening, rest } = cutAfterSalutation(whole, all.salutation);
  const copies = copiesFor(addressees, words).map((copy) => ({
    ...copy,
    opening: cutAfterSalutation(letterTo(copy.to), copy.to.salutation).opening,
  }));
  return { copies, body: rest, openingForAll: opening };
}

/** The council written to, or the one that usually runs the cameras where the MP's constituent lives. */
function councilBehind(addressee: Addressee, place: Place, { councils }: Registers): Council {
  const code = addressee.kind === 'mp' ? place.councils[0]?.code : addressee.areaCode;
  const council = code === undefined ? undefined : councils.byCode(code);
  if (!council) throw new Error(`no council in the register behind ${addressee.id}`);
  return council;
}

interface Filling {
  readonly place: Place;
  readonly addressee: Addressee;
  readonly council: Council;
  readonly position: Position | undefined;
  readonly sections: Readonly<Record<string, readonly Fact[]>>;
  readonly now: Date;
}

function fieldsFor({ place, addressee, council, position, sections, now }: Filling): LetterFields {
  return {
    date: londonDate(now),
    nation: place.nation,
    addressee: {
      name: addressee.name ?? '',
      office: addressee.office,
      salutation: addressee.salutation,
      councillor: addressee.kind === 'councillor',
    },
    council: {
      name: council.name,
      nameInSentence: nameInSentence(council),
      area: council.area,
      tier: council.tier,
      merging: council.tier !== 'unitary',
    },
    constituency: { name: place.constituency.name },
    position: position?.text ?? '',
    facts: Object.fromEntries(
      Object.entries(sections).map(([name, facts]) => [name, facts.map(({ text }) => text).join(' ')]),
    ),
  };
}
