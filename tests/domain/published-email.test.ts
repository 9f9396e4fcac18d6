import { describe, expect, test } from 'vitest';
import { readEmails } from '../../src/domain/published-email.ts';

const COUNCIL = { website: 'https://www.southwark.gov.uk/', moderngov: 'https://moderngov.southwark.gov.uk' };

describe('the addresses that a council publishes for a councillor', () => {
  test('are official ones first, each once', () => {
    expect(readEmails(['ada@mail.example', 'Ada@southwark.gov.uk; ada@southwark.gov.uk'], COUNCIL)).toEqual([
      { address: 'Ada@southwark.gov.uk', kind: 'official' },
      { address: 'ada@mail.example', kind: 'personal' },
    ]);
  });

  test('stand without the remarks behind them', () => {
    expect(readEmails(['ada@southwark.gov.uk (for ward matters)'], COUNCIL)).toMatchObject([
      { address: 'ada@southwark.gov.uk' },
    ]);
  });

  test.each([
    '020 7946 0000',
    'ada@southwark.gov.',
    'ada@southwark.gov',
    'ada@',
    'a@b',
    'ada@@southwark.gov.uk',
    '"Bcc: x"@southwark.gov.uk\r\nBcc: y',
    `${'a'.repeat(250)}@southwark.gov.uk`,
  ])('%j is none', (field) => {
    expect(readEmails([field], COUNCIL)).toEqual([]);
  });
});
