import { describe, expect, test } from 'vitest';
import { openLog } from '../src/log.ts';

describe('a line of the log', () => {
  const lineFor = (entry: object) => {
    let written = '';
    openLog('debug', { write: (line) => void (written += line) }).error(entry);
    return JSON.parse(written) as Record<string, unknown>;
  };

  test.each([
    [{ event: 'x', email: 'ada', from: 'Ada', letter: { body: 'Dear Mo' } }],
    [{ event: 'x', err: new Error('550 5.1.1 <ada@example.org> may not write here') }],
    [{ event: 'x', err: new Error('not found: /postcodes/SE1%202DL, SE1 2DL, se12dl and EC1A+1BB') }],
    [{ event: 'x', err: new Error('outer', { cause: new Error('by ada@example.org') }) }],
    [{ event: 'x', err: Object.assign(new Error('23502'), { detail: 'Failing row contains (Ada, Dear Mo)' }) }],
    [
      {
        event: 'x',
        err: Object.assign(new Error('x'), { response: 'Ada said', rejected: ['ada'], parameters: ['Ada'] }),
      },
    ],
  ])('keeps out what is personal: %j', (entry) => {
    expect(JSON.stringify(lineFor(entry))).not.toMatch(/ada|dear|SE1(%20| )?2DL|EC1A/i);
  });

  test('keeps what a person needs to act upon', () => {
    expect(lineFor({ event: 'a chore failed', err: new Error('disk I/O error') })).toMatchObject({
      event: 'a chore failed',
      err: { message: 'disk I/O error', stack: expect.stringContaining('log.test.ts') },
    });
    const plain = { event: 'seats', detail: 'postcodes.io: status 503', seats: ['E14001085'], changed: 21 };
    expect(lineFor(plain)).toMatchObject(plain);
  });
});
