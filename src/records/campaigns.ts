import { readdirSync } from 'node:fs';
import { z } from 'zod';
import type { Campaign } from '../domain/campaign.ts';
import { text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';
import { readYaml } from './yaml-file.ts';

const CampaignRecord = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  organisation: text,
  title: text,
  links: z.strictObject({ petition: webAddress, fund: webAddress, reading: webAddress, organisation: webAddress }),
});

const FOLDER = 'campaigns/';

/** Reads every campaign from the folder of data: a file each. */
export function readCampaigns(folder: URL): readonly Campaign[] {
  const files = readdirSync(new URL(FOLDER, folder)).filter((file) => file.endsWith('.yaml'));
  const campaigns = files.sort().map((file) => readYaml(new URL(file, new URL(FOLDER, folder)), CampaignRecord));
  uniqueBy(FOLDER, campaigns, ({ id }) => [id]);
  return campaigns;
}
