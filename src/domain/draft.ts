import type { AddresseeId } from './addressee.ts';
import { holds, type Fact } from './fact.ts';
import type { Nation } from './nation.ts';
import type { Template } from './template.ts';

/** A template filled for one addressee, unsaved and unsigned: it ends at "Yours sincerely,". */
export interface Draft {
  readonly to: AddresseeId;
  readonly templateId: string;
  readonly subject: string;
  readonly body: string;
  /** The facts that stand in it, in order. */
  readonly facts: readonly Fact[];
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
