import { afterEach, expect, test } from 'vitest';
import { startSite, type Site } from './site.ts';
import { startModernGov, type ModernGovStandIn } from './stand-ins/moderngov.ts';

let site: Site | undefined;
let moderngov: ModernGovStandIn | undefined;
afterEach(async () => {
  await site?.close();
  await moderngov?.close();
});

test('in a rehearsal councils are asked in the background, and a stop does not wait for a slow one', async () => {
  moderngov = await startModernGov();
  moderngov.faults.mode = 'slow';
  site = await startSite({ settings: { MODERNGOV_URL: moderngov.url.href } });
  await expect.poll(() => moderngov?.asked).toBeGreaterThan(0);
  expect((await site.get('/')).status).toBe(200); // and nobody waits for it

  await site.close();
  site = undefined;
  await moderngov.leftAlone();
  expect(moderngov.asked).toBe(1);
});
