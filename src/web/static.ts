import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Router } from 'express';

/** The files that pages load: stylesheet, scripts, icon. */
export interface Assets {
  /** Their address, with the hash of all their content: "/assets/1f2e3d4c5b". */
  readonly base: string;
  readonly router: Router;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** The page's meter measures with the very function that the server measures with. */
const ORIGINALITY = new URL('../domain/originality.js', import.meta.url);

const A_YEAR = 'public, max-age=31536000, immutable';

/** Reads the folder into memory at start, so that serving a file waits for nothing. Folder addresses end with "/". */
export function openAssets(folder: URL): Assets {
  const files = filesIn(folder);
  files.set('originality.js', readFileSync(ORIGINALITY));
  const hash = hashOf(files);

  const router = Router();
  router.get('/assets/:hash/*path', (req, res, next) => {
    const name = [req.params.path].flat().join('/');
    const file = files.get(name);
    const type = TYPES[extname(name)];
    if (!file || !type) return next();
    // A page from before a new release still gets its files, but nobody keeps today's under yesterday's address.
    res.set('Cache-Control', req.params.hash === hash ? A_YEAR : 'no-cache');
    res.set('Content-Type', type).send(file);
  });
  return { base: `/assets/${hash}`, router };
}

function filesIn(folder: URL): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in TYPES);
  return new Map(names.sort().map((name) => [name, readFileSync(new URL(name, folder))]));
}

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update('\0').update(content).update('\0');
  return hash.digest('hex').slice(0, 10);
}
