import { describe, expect, test } from 'vitest';
import { dkimRecordIn } from '../../src/domain/dkim-record.ts';
import { err, ok } from '../../src/domain/result.ts';

describe('a published DKIM key', () => {
  test.each([
    ['v=DKIM1; k=rsa; p=AAAA', { kind: 'rsa', p: 'AAAA', testing: false }],
    ['p=AA AA==;', { kind: 'rsa', p: 'AAAA==', testing: false }],
    [
      'v=DKIM1; k=ed25519; h=sha1:sha256; s=email; t=s:y; n=note; p=AAAA',
      { kind: 'ed25519', p: 'AAAA', testing: true },
    ],
    ['v=DKIM1; s=*; p=AAAA', { kind: 'rsa', p: 'AAAA', testing: false }],
  ])('%s', (text, record) => {
    expect(dkimRecordIn([text])).toEqual(ok(record));
  });

  test.each([
    [['v=DKIM1; p='], 'revoked'],
    [['v=DKIM1; p=AAAA', 'v=DKIM1; p=BBBB'], 'several'],
    [['v=DKIM1; h=sha1; p=AAAA'], 'not-for-this'],
    [['v=DKIM1; s=tlsrpt; p=AAAA'], 'not-for-this'],
    [['v=DKIM1; k=rsa'], 'unreadable'],
    [['k=rsa; v=DKIM1; p=AAAA'], 'unreadable'],
    [['v=DKIM2; p=AAAA'], 'unreadable'],
    [['v=DKIM1; p=AAAA; p=BBBB'], 'unreadable'],
    [['v=DKIM1; p=-----BEGIN PUBLIC KEY-----'], 'unreadable'],
    [['hello'], 'unreadable'],
  ])('%j is "%s"', (texts, error) => {
    expect(dkimRecordIn(texts)).toEqual(err(error));
  });
});
