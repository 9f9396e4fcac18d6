import type { Council, CouncilRegister } from '../domain/council.ts';
import { plainName } from '../domain/name.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** What one list writes around the name of a council's area and another leaves out. */
const NOISE =
  /^(city|county|council|borough|district|metropolitan|royal|london|of|the|and|isle|isles|island|islands|cyngor|bwrdeistref|dinas|sir|sirol|a)$/;

/** The ways to read what somebody calls a council, from the surest to the least sure; the first that leads to any decides. */
const READINGS: readonly ((text: string, council: Council) => boolean)[] = [
  (text, { name, welshName }) => isSame(text, [name, welshName], plainName),
  (text, { area }) => isSame(text, [area], plainName),
  (text, { area, welshName }) => isSame(text, [area, welshName], tellingWords),
];

/** A council by its code, today's or a former one, or by its name or the name of its area: "Southwark", "Bristol, City of", "Orkney". Else a reason. */
export function councilCalled(text: string, councils: CouncilRegister): Result<Council, string> {
  if (text === '') return err('council: is missing');
  const byCode = councils.byCode(text);
  if (byCode) return ok(byCode);
  for (const reads of READINGS) {
    const [council, another] = councils.all.filter((one) => reads(text, one));
    if (another) return err(`council: "${text}" could be more than one: write its code`);
    if (council) return ok(council);
  }
  return err(`council: "${text}" is no council of ours`);
}

function isSame(text: string, names: readonly (string | null)[], read: (name: string) => string): boolean {
  const wanted = read(text);
  return wanted !== '' && names.some((name) => name !== null && read(name) === wanted);
}

/** "Herefordshire, County of" and "Herefordshire" give the same. */
function tellingWords(name: string): string {
  const words = plainName(name).split(' ');
  return words
    .filter((word) => !NOISE.test(word))
    .sort()
    .join(' ');
}
