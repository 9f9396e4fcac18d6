import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Whatever slips into a log line under one of these names is struck out: no letter, no address, no postcode. */
const PERSONAL = [
  'name',
  'email',
  'address',
  'postcode',
  'subject',
  'body',
  'text',
  'to',
  'from',
  'token',
  'url',
  'headers',
];

/** What databases and mail servers put beside an error of theirs: whole rows, whole answers. */
const BESIDE_AN_ERROR = ['detail', 'where', 'parameters', 'query', 'response', 'rejected', 'rejectedErrors'];

/** What looks like an email address or a postcode is struck out wherever it stands, such as in what somebody else's error says. */
const LOOKS_PERSONAL = /[^\s"'\\<>(),;:@]+@[^\s"'\\<>(),;:@]+\.\w+|\b[A-Z]{1,2}\d[A-Z\d]?(?: |\+|%20)?\d[A-Z]{2}\b/gi;

const CENSOR = '[kept out]';

/** Events as lines of JSON, on standard error unless told otherwise. `error` means that a person must act. */
export function openLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  const paths = [...PERSONAL.flatMap((name) => [name, `*.${name}`]), ...BESIDE_AN_ERROR.map((name) => `err.${name}`)];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: CENSOR },
      hooks: { streamWrite: (line) => line.replace(LOOKS_PERSONAL, CENSOR) },
    },
    destination,
  );
}
