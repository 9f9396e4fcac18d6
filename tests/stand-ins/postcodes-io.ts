import { createHash } from 'node:crypto';
import { isValid, toNormalised } from 'postcode';
import { startStandIn, type Asked, type Reply, type StandIn } from './loopback.ts';
import { recordOf, ROWS, type Row } from './postcode-records.ts';

interface Options {
  /** Places besides those of every day. */
  rows?: readonly Row[];
}

/** Postcodes that are no longer in use: year, month, longitude, latitude. */
const TERMINATED: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'AB1 0AA': [1996, 6, -2.242851, 57.101474],
  'SE1 9ZZ': [1998, 12, -0.100841, 51.506903],
};

/** postcodes.io as release 18 answers: `GET /postcodes/:postcode` and `GET /ping`; every other route is not found. */
export function startPostcodesIo({ rows = [] }: Options = {}): Promise<StandIn> {
  const records = new Map([...ROWS, ...rows].map((row) => [row.postcode, recordOf(row)]));
  const first = recordOf(ROWS[0]!);
  return startStandIn({
    broken: BROKEN,
    answer: ({ method, path }: Asked, lying) => {
      const { pathname } = new URL(path, 'http://localhost');
      if (method === 'GET' && pathname === '/ping') return json(200, { result: 'pong' });
      const [, asked] = /^\/postcodes\/([^/]+)$/.exec(pathname) ?? [];
      if (method !== 'GET' || asked === undefined) return json(404, { error: 'Resource not found' });

      const typed = decoded(asked);
      if (typed === undefined) return BROKEN;
      if (!isValid(typed)) return json(404, { error: 'Invalid postcode' });
      const postcode = toNormalised(typed) ?? '';
      const record = records.get(postcode);
      if (!record) return json(404, { error: 'Postcode not found', ...endOf(postcode) });
      return json(200, {
        result: lying ? (postcode === first.postcode ? records.get('M1 1AD') : first) : record,
      });
    },
  });
}

function endOf(postcode: string) {
  const end = TERMINATED[postcode];
  if (!end) return {};
  const [year_terminated, month_terminated, longitude, latitude] = end;
  return { terminated: { postcode, year_terminated, month_terminated, longitude, latitude } };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function json(status: number, rest: object): Reply {
  const body = JSON.stringify({ status, ...rest });
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27);
  return {
    status,
    body,
    headers: {
      'access-control-allow-origin': '*',
      'content-type': 'application/json; charset=utf-8',
      etag: `W/"${Buffer.byteLength(body).toString(16)}-${hash}"`,
    },
  };
}

const BROKEN = json(500, {
  error:
    '500 Server Error.\nFor an urgent fix email support@ideal-postcodes.co.uk. \nAlternatively submit an issue at https://github.com/ideal-postcodes/postcodes.io/issues\n',
});
