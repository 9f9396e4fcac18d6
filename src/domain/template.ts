import type { Audience } from './addressee.ts';
import type { Nation } from './nation.ts';
import type { Stance } from './position.ts';

/** Which facts may fill one named section of a letter: the first `choose` of the list that hold. */
export interface FactSection {
  readonly choose: number;
  readonly from: readonly string[];
}

/** An organiser's letter with fields. */
export interface Template {
  /** Its file's name without the ending: "council.ruled-out". */
  readonly id: string;
  readonly campaignId: string;
  readonly audience: Audience;
  readonly nations: readonly Nation[];
  /** Empty for an MP's letter. */
  readonly stances: readonly Stance[];
  readonly language: 'en' | 'cy';
  readonly subject: string;
  readonly facts: Readonly<Record<string, FactSection>>;
  readonly body: string;
}

/** Chooses the template for an addressee. None is a defect of the campaign's files, which a test would have named. */
export function chooseTemplate(
  templates: readonly Template[],
  wanted: { campaignId: string; audience: Audience; nation: Nation; stance: Stance },
): Template | undefined {
  return templates.find(
    (template) =>
      template.campaignId === wanted.campaignId &&
      template.audience === wanted.audience &&
      template.nations.includes(wanted.nation) &&
      (template.audience === 'mp' || template.stances.includes(wanted.stance)),
  );
}
