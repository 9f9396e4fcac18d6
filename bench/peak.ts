// Preloaded into a process to say, when it ends, how much memory it ever held: node --import ./bench/peak.ts …, PEAK_FILE names where.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  writeFileSync(process.env['PEAK_FILE'] ?? '', String(process.resourceUsage().maxRSS)); // kilobytes
});
