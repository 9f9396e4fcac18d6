import { describe, expect, test } from 'vitest';
import { postcodeSamples, samples, type Sample } from '../lookup/samples.ts';
import { startPostcodesIo } from './postcodes-io.ts';

describe.skipIf(!samples)('the stand-in of postcodes.io', () => {
  const all = postcodeSamples();
  const SAME = ['lookup_invalid', 'lookup_404_valid_format', 'lookup_terminated_AB10AA', 'lookup_terminated_SE19ZZ'];
  const ALSO = ['lookup_malformed_percent', 'lookup_malformed_percent2', 'lookup_GIR0AA', 'lookup_slash', 'ping'];
  const RECORDS = ['lookup_england_SE12DL', 'lookup_scotland_AB101AB', 'lookup_scotland_lower_spaced'];

  const answerOf = async ({ request }: Sample) => {
    const upstream = await startPostcodesIo();
    const answer = await fetch(new URL(request, upstream.url));
    const { status, headers } = answer;
    const body = await answer.text();
    await upstream.close();
    return { status, contentType: headers.get('content-type'), body };
  };

  test.each(
    all.filter(({ name }) =>
      [...SAME, ...ALSO, 'lookup_special_chars', 'unknown_route', 'lookup_outcode_only'].includes(name),
    ),
  )('answers $name to the letter', async (sample) => {
    const { status, contentType, body } = sample;
    expect(await answerOf(sample)).toEqual({ status, contentType, body });
  });

  test.each(all.filter(({ name }) => [...RECORDS, 'lookup_jersey_JE24WD'].includes(name)))(
    'answers $name with the same keys in the same order',
    async (sample) => {
      const ours = JSON.parse((await answerOf(sample)).body);
      const theirs = JSON.parse(sample.body);
      expect(Object.keys(ours)).toEqual(Object.keys(theirs));
      expect(Object.keys(ours.result)).toEqual(Object.keys(theirs.result));
      expect(Object.keys(ours.result.codes)).toEqual(Object.keys(theirs.result.codes));
    },
  );
});
