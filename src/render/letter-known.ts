import type { LetterFields } from '../domain/letter-fields.ts';
import type { Template } from '../domain/template.ts';
import { nearest } from './letter-nearest.ts';

type Leaf = 'text' | 'yes or no';
type Known<Fields> = { readonly [Name in keyof Fields]: Fields[Name] extends object ? Known<Fields[Name]> : Leaf };

/** Every field that a letter may name, but for the sections of facts, which are the template's own. */
const FIELDS: Known<Omit<LetterFields, 'facts'>> = {
  date: 'text',
  nation: 'text',
  addressee: { name: 'text', office: 'text', salutation: 'text', councillor: 'yes or no' },
  council: { name: 'text', nameInSentence: 'text', area: 'text', tier: 'text', merging: 'yes or no' },
  constituency: { name: 'text' },
  position: 'text',
};

const LEAVES = new Map<string, Leaf>(leavesOf(FIELDS));

/** What a name in a letter stands for. A group has fields and is no text itself: "council". */
export type Kind = Leaf | 'group' | 'unknown' | 'unknown facts';

export function kindOf(name: string, sections: Template['facts']): Kind {
  const leaf = LEAVES.get(name);
  if (leaf) return leaf;
  if (name.startsWith('facts.')) return Object.hasOwn(sections, name.slice('facts.'.length)) ? 'text' : 'unknown facts';
  return name === 'facts' || [...LEAVES.keys()].some((known) => known.startsWith(`${name}.`)) ? 'group' : 'unknown';
}

/** The known name that was probably meant; null when none is near. */
export function likelyName(name: string, sections: Template['facts']): string | null {
  const known = [...LEAVES.keys(), ...Object.keys(sections).map((section) => `facts.${section}`)];
  return nearest(name, known) ?? known.find((other) => other.endsWith(`.${name}`)) ?? null;
}

function leavesOf(fields: object, before = ''): [string, Leaf][] {
  return Object.entries(fields).flatMap(([name, kind]: [string, Leaf | object]) =>
    typeof kind === 'object' ? leavesOf(kind, `${before}${name}.`) : [[`${before}${name}`, kind] as [string, Leaf]],
  );
}
