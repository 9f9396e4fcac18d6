import { fileURLToPath } from 'node:url';

// Loaded before anything else by the npm scripts. Plain old JavaScript on purpose: it has to run on every Node there is.
const OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(
    `Pennypost needs Node ${OLDEST} or later, and this is Node ${process.versions.node}: run "npm ci" in this folder, which brings the right one, and start with "npm start".`,
  );
  process.exit(1);
}

// Code read once is kept compiled, so that the next start is faster and needs no TypeScript stripper in memory. Not in the shared
// temporary folder, where another account could plant code. Where the folder cannot be written, nothing is kept and nothing fails.
const { enableCompileCache } = await import('node:module');
enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/pennypost', import.meta.url)));
