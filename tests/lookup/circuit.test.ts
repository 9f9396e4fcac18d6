import { beforeEach, describe, expect, test } from 'vitest';
import { openCircuit, type Circuit } from '../../src/lookup/circuit.ts';

describe('a circuit', () => {
  let now: number;
  let circuit: Circuit;
  beforeEach(() => {
    now = 0;
    circuit = openCircuit({ opensAfter: 3, restMs: 10_000, now: () => now });
  });
  const fail = (times: number) => Array.from({ length: times }).forEach(() => circuit.report(false));

  test('lets everybody through while the upstream answers', () => {
    expect(circuit.passage()).toBe('closed');
  });

  test('stays closed when failures do not come in a row', () => {
    fail(2);
    circuit.report(true);
    fail(2);
    expect(circuit.passage()).toBe('closed');
  });

  test('opens after so many failures in a row', () => {
    fail(3);
    expect(circuit.passage()).toBe('open');
  });

  test('lets one probe through after its rest, and nobody else', () => {
    fail(3);
    now = 10_000;
    expect([circuit.passage(), circuit.passage(), circuit.passage()]).toEqual(['probe', 'open', 'open']);
  });

  test('closes when the probe is answered', () => {
    fail(3);
    now = 10_000;
    circuit.passage();
    circuit.report(true);
    expect(circuit.passage()).toBe('closed');
  });

  test('rests again when the probe is not answered', () => {
    fail(3);
    now = 10_000;
    circuit.passage();
    now = 12_000;
    circuit.report(false);
    now = 21_999;
    expect(circuit.passage()).toBe('open');
    now = 22_000;
    expect(circuit.passage()).toBe('probe');
  });

  test('lets another probe go when the first was never reported', () => {
    fail(3);
    now = 10_000;
    circuit.passage();
    now = 20_000;
    expect(circuit.passage()).toBe('probe');
  });
});
