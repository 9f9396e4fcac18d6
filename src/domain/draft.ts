import type { Copy } from './copies.ts';
import { holds, type Fact } from './fact.ts';
import type { Nation } from './nation.ts';
import type { Template } from './template.ts';

/** A template filled for one addressee or several, unsaved and unsigned: it ends at "Yours sincerely,". */
export interface Draft {
  readonly copies: readonly DraftCopy[];
  readonly templateId: string;
  readonly subject: string;
  /** To one addressee the whole letter, from its date on; to several what follows each one's own `opening`. */
  readonly body: string;
  /** To several: the opening of one text for all of them, to be copied. To one: empty, as the letter begins with its own. */
  readonly openingForAll: string;
  /** The facts that stand in it, in order. */
  readonly facts: readonly Fact[];
}

export interface DraftCopy extends Copy {
  /** Date, office and salutation; empty where the letter begins with its own. */
  readonly opening: string;
}

/** The facts for each named section of a template that hold in this nation on this day ("YYYY-MM-DD", London). */
export function factsFor(
  template: Template,
  facts: readonly Fact[],
  nation: Nation,
  today: string,
): Readonly<Record<string, readonly Fact[]>> {
  const used = new Set<string>();
  const sections = Object.entries(template.facts).map(([section, { choose, from }]) => {
    const holding = from
      .map((id) => facts.find((fact) => fact.id === id))
      .filter((fact) => fact !== undefined)
      .filter((fact) => holds(fact, template.audience, nation, today) && !used.has(fact.id))
      .slice(0, choose);
    for (const { id } of holding) used.add(id);
    return [section, holding] as const;
  });
  return Object.fromEntries(sections);
}

/** The letter as it will be read: the draft with the supporter's name and address below. */
export function signed(body: string, signature: string): string {
  return signature === '' ? body.trimEnd() : `${body.trimEnd()}\n\n${signature}`;
}
