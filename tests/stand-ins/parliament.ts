import { startStandIn, type Asked, type Reply, type StandIn } from './loopback.ts';
import { contactOf, linksOfMember, madeUpSeat, valueOf, type MadeUpSeat } from './parliament-records.ts';
import { ROWS } from './postcode-records.ts';

export interface Options {
  /** Names of constituencies, ours; those of the stand-in of postcodes.io if none are given. */
  names?: readonly string[];
  /** How Parliament spells a name. */
  spelling?: (name: string) => string;
  vacant?: readonly string[];
  /** Members of whom no address at all is published. */
  withoutEmail?: readonly string[];
  /** Members who can be written to at the constituency office alone. */
  constituencyEmailOnly?: readonly string[];
  /** Constituencies that had a namesake on the map before. */
  namesakes?: readonly string[];
}

const MOST = 20;
const NAMES = [...new Set(ROWS.flatMap(({ constituency }) => (constituency ? [constituency[0]] : [])))];

export interface Parliament extends StandIn {
  /** From now on somebody else sits, of this last name; null: nobody does. */
  elect(name: string, last: string | null): void;
}

/** The Members API with made-up members: constituencies by search or all by page, one constituency, and a member's contact. */
export async function startParliament(options: Options = {}): Promise<Parliament> {
  const { names = NAMES, spelling = (name: string) => name } = options;
  let seats: readonly MadeUpSeat[] = names.flatMap((name, at) => {
    const seat = madeUpSeat(at, spelling(name), {
      vacant: options.vacant?.includes(name) ?? false,
      email: options.withoutEmail?.includes(name)
        ? 'none'
        : options.constituencyEmailOnly?.includes(name)
          ? 'constituency'
          : 'both',
    });
    const before = { ...seat, id: seat.id - 600, endDate: '2024-05-30T00:00:00' };
    return options.namesakes?.includes(name) ? [before, seat] : [seat];
  });
  const upstream = await startStandIn({
    broken: json(500, { title: 'An error occurred while processing your request.', status: 500 }),
    answer: ({ method, path }: Asked, lying) => {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      if (method !== 'GET') return json(405, { title: 'Method Not Allowed', status: 405 });
      if (pathname === '/api/Location/Constituency/Search') return search(seats, searchParams, lying);
      const [, kind, id] = /^\/api\/(Location\/Constituency\/|Members\/)(\d+)(?:\/Contact)?$/.exec(pathname) ?? [];
      const seat = seats.find((seat) => String(kind === 'Members/' ? seat.member?.id : seat.id) === id);
      if (!seat) return json(404, { title: 'Not Found', status: 404 });
      if (!pathname.endsWith('/Contact')) return json(200, { value: valueOf(seat), links: linksOf(seat) });
      const [self, overview, synopsis, contact] = linksOfMember(Number(id));
      return json(200, {
        value: contactOf(seat),
        links: [{ ...self, href: contact?.href }, { ...overview }, synopsis, contact],
      });
    },
  });
  return Object.assign(upstream, {
    elect: (name: string, last: string | null) => {
      seats = seats.map((seat) => (seat.name === spelling(name) ? { ...seat, member: elected(seat, last) } : seat));
    },
  });
}

function elected({ id }: MadeUpSeat, last: string | null): MadeUpSeat['member'] {
  return last === null ? null : { id: id + NEXT_MEMBERS, first: 'Newly', last };
}

const NEXT_MEMBERS = 5_000;

function search(seats: readonly MadeUpSeat[], asked: URLSearchParams, lying: boolean): Reply {
  const words = asked.get('searchText') ?? '';
  const found = seats.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()) !== lying);
  const skip = Number(asked.get('skip') ?? 0);
  const take = Math.min(Number(asked.get('take') ?? MOST), MOST);
  // Both links are always there, and lead to this very page.
  const href = `/Constituency/Search?skip=${skip}&take=${take}`;
  return json(200, {
    items: found.slice(skip, skip + take).map((seat) => ({ value: valueOf(seat), links: linksOf(seat) })),
    totalResults: found.length,
    resultContext: `Result(s) were found based on constituencies in the U.K. matching "${words}". `,
    skip,
    take,
    links: ['self', 'page.next', 'page.previous'].map((rel) => ({ rel, href, method: 'GET' })),
  });
}

function linksOf({ id, name }: MadeUpSeat) {
  return [{ rel: 'self', href: `/Constituency/${id}/${name}`, method: 'GET' }];
}

function json(status: number, body: object): Reply {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } };
}
