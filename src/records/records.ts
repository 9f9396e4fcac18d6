import type { Campaign } from '../domain/campaign.ts';
import type { ConstituencyRegister } from '../domain/constituency.ts';
import type { CouncilRegister } from '../domain/council.ts';
import type { Fact } from '../domain/fact.ts';
import type { Position } from '../domain/position.ts';
import type { Template } from '../domain/template.ts';
import type { Words } from '../domain/words.ts';
import { readCampaigns } from './campaigns.ts';
import { readConstituencies } from './constituencies.ts';
import { readCouncils } from './councils.ts';
import { readExamples, type Examples } from './examples.ts';
import { readFacts } from './facts.ts';
import { readPositions } from './positions.ts';
import { readTemplates } from './templates.ts';
import { readWords } from './words.ts';

/** Everything that stands in plain files beside the program. */
export interface Records {
  readonly councils: CouncilRegister;
  readonly constituencies: ConstituencyRegister;
  readonly facts: readonly Fact[];
  readonly positions: readonly Position[];
  readonly campaigns: readonly Campaign[];
  /** The one that is shown. */
  readonly campaign: Campaign;
  readonly templates: readonly Template[];
  readonly examples: Examples;
  readonly words: Words;
}

/** Reads all of `data/` and `templates/letters/` under the project's folder. Whatever is wrong in them stops the start. */
export function readRecords(root: URL): Records {
  const data = new URL('data/', root);
  const campaigns = readCampaigns(data);
  const [campaign] = campaigns;
  if (!campaign) throw new Error('there is no campaign in data/campaigns/');
  const records: Records = {
    councils: readCouncils(data),
    constituencies: readConstituencies(data),
    facts: readFacts(data),
    positions: readPositions(data),
    campaigns,
    campaign,
    templates: readTemplates(new URL('templates/letters/', root)),
    examples: readExamples(data),
    words: readWords(data),
  };
  const loose = looseEnds(records);
  if (loose.length > 0) throw new Error(`The records name what is not there:\n${loose.join('\n')}`);
  return records;
}

/** What one record names and no other has, a line each. */
export function looseEnds(records: Omit<Records, 'words' | 'campaign'>): readonly string[] {
  return named(records)
    .filter(({ found }) => !found)
    .map(({ who, what }) => `${who} names ${what}`);
}

interface Named {
  readonly who: string;
  readonly what: string;
  readonly found: boolean;
}

function named({
  councils,
  constituencies,
  facts,
  positions,
  campaigns,
  templates,
  examples,
}: Omit<Records, 'words' | 'campaign'>): readonly Named[] {
  const council = (who: string, code: string): Named => ({
    who,
    what: code,
    found: councils.byCode(code) !== undefined,
  });
  const constituency = (who: string, code: string): Named => ({
    who,
    what: code,
    found: constituencies.byCode(code) !== undefined,
  });
  const fact = (who: string, id: string): Named => ({ who, what: id, found: facts.some((fact) => fact.id === id) });
  const campaign = (who: string, id: string): Named => ({
    who,
    what: id,
    found: campaigns.some((campaign) => campaign.id === id),
  });

  return [
    ...constituencies.all.flatMap(({ code, councilCodes }) => councilCodes.map((one) => council(code, one))),
    ...positions.map(({ councilCode }) => council('a position', councilCode)),
    ...templates.map(({ id, campaignId }) => campaign(id, campaignId)),
    ...templates.flatMap(({ id, facts }) =>
      Object.values(facts).flatMap(({ from }) => from.map((one) => fact(id, one))),
    ),
    ...examples.areas.flatMap((areas) => [
      ...[areas.districtCode, ...(areas.countyCode === null ? [] : [areas.countyCode])].map((one) =>
        council(areas.postcode, one),
      ),
      constituency(areas.postcode, areas.constituency.code),
    ]),
    ...examples.councillors.map(({ councilCode }) => council('a list of example councillors', councilCode)),
    ...Object.keys(examples.seats).map((code) => constituency('an example seat', code)),
  ];
}
