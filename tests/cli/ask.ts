import { vi } from 'vitest';
import { run } from '../../src/cli/verbs.ts';

/** What the command line answers, and with which exit code. */
export async function ask(...words: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  const lines: string[] = [];
  const keep = (text: string | Uint8Array) => lines.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  const status = await run(words);
  vi.restoreAllMocks();
  return { status, said: lines.join('') };
}
