import { z } from 'zod';
import { STANCES, type Position } from '../domain/position.ts';
import { areaCode, dated, text, webAddress } from './shapes.ts';
import { uniqueBy } from './unique.ts';
import { readYaml } from './yaml-file.ts';

const PositionRecord = z
  .strictObject({
    council: areaCode,
    stance: z.enum(STANCES).exclude(['not known']),
    text: text.regex(/\.$/, 'does not end with a full stop'),
    source: text,
    url: webAddress.nullable(),
    dated,
  })
  .transform(({ council, ...position }): Position => ({ councilCode: council, ...position }));

const FILE = 'positions.yaml';

/** Reads the known positions of councils from the folder of data. */
export function readPositions(folder: URL): readonly Position[] {
  const positions = readYaml(new URL(FILE, folder), z.array(PositionRecord));
  uniqueBy(FILE, positions, ({ councilCode }) => [councilCode]);
  return positions;
}
