import { pino, type Logger } from 'pino';

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

/** Events as lines of JSON on standard error. `error` means that a person must act. */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`]), censor: '[kept out]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
