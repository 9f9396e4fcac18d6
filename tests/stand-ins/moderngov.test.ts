import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSample, samples } from '../lookup/samples.ts';
import { byWardXml } from './moderngov-records.ts';
import { startModernGov, type ModernGovStandIn } from './moderngov.ts';

let upstream: ModernGovStandIn;
beforeEach(async () => {
  upstream = await startModernGov();
});
afterEach(() => upstream.close());

const PATH = 'E09000028/mgWebService.asmx/GetCouncillorsByWard';
const ask = (headers: Record<string, string> = {}) => fetch(new URL(PATH, upstream.url), { headers });

describe('the stand-in of ModernGov', () => {
  test('answers each council with its own wards', async () => {
    upstream.councils.set('E09000028', [{ title: 'The Lane', councillors: [{ id: 1, name: 'Ada Example' }] }]);
    expect(await (await ask()).text()).toContain('<wardtitle>The Lane</wardtitle>');
    const other = await fetch(new URL(PATH.replace('28', '29'), upstream.url));
    expect(await other.text()).toContain('<wardtitle>Castle &amp; Park</wardtitle>');
  });

  test('answers 304 as long as nothing has changed', async () => {
    const etag = (await ask()).headers.get('etag') ?? '';
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    upstream.councils.set('E09000028', []);
    expect((await ask({ 'if-none-match': etag })).status).toBe(200);
  });

  test.skipIf(!samples)('speaks with no other elements than the recorded answers', () => {
    const ours = byWardXml([
      {
        title: 'The Lane',
        councillors: [{ id: 1, name: 'Ada Example', workEmail: 'a@b.example', homeEmail: 'c@d.example' }],
      },
    ]);
    const files = readdirSync(join(samples, 'moderngov'));
    const theirs = new Set(files.flatMap((file) => [...elementsIn(readSample(`moderngov/${file}`))]));
    expect([...elementsIn(ours)].filter((path) => !theirs.has(path))).toEqual([]);
  });
});

/** Every path of elements, such as "/councillorsbyward/wards/ward". */
function elementsIn(xml: string): Set<string> {
  const open: string[] = [];
  const paths = new Set<string>();
  for (const [, closing, name = ''] of xml.matchAll(/<(\/?)([a-z]\w*)>/g)) {
    if (closing) {
      open.pop();
      continue;
    }
    open.push(name);
    paths.add(`/${open.join('/')}`);
  }
  return paths;
}
