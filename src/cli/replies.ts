import type { Reply } from '../domain/reply.ts';
import { readConstituencies } from '../records/constituencies.ts';
import { countReplies } from '../store/replies.ts';
import { ourCouncils } from './context.ts';
import { withStore } from './store.ts';
import { asTable } from './table.ts';
import { say, type Verb } from './verb.ts';

export const replies: Verb = {
  words: 'replies',
  usage: `
      Counts what supporters say came back, by council and constituency.
`,
  async run(rest) {
    if (rest.length > 0) return null;
    const counts = await withStore(countReplies);
    if (counts.length === 0) say('Nobody has said yet whether anybody replied.\n');
    else say(tableOf(counts));
    return 0;
  },
};

const HEADER = ['', 'answered', 'holding reply', 'no reply'];

function tableOf(counts: Awaited<ReturnType<typeof countReplies>>): string {
  const constituencies = readConstituencies(new URL('../../data/', import.meta.url));
  const councils = ourCouncils();
  const nameOf = (code: string) => (councils.byCode(code) ?? constituencies.byCode(code))?.name ?? code;
  const areas = [...Map.groupBy(counts, ({ areaCode }) => areaCode)];
  const lines = areas.map(([code, own]) => {
    const total = (reply: Reply) => String(own.find((one) => one.reply === reply)?.total ?? 0);
    return [nameOf(code), total('answered'), total('holding reply'), total('no reply')];
  });
  return asTable([HEADER, ...lines.toSorted(([a = ''], [b = '']) => a.localeCompare(b, 'en-GB'))]);
}
