import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Entry } from 'yauzl';
import { err, ok, type Result } from '../../domain/result.ts';
import { BrokenFile } from './broken-file.ts';
import { namesIn, type AreaNames } from './names.ts';
import { CHUNK_BYTES, openZip, type Zip } from './zip.ts';

/** A postcode directory as published, opened to be read once. Whoever opens it closes it. */
export interface OnspdFile {
  /** "ONSPD_AUG_2025_UK". */
  readonly release: string;
  /** Of the CSV, unpacked. */
  readonly bytes: number;
  /** Of wards and divisions; empty when there are no tables of them. */
  readonly names: AreaNames;
  readonly chunks: AsyncIterable<Buffer>;
  close(): void;
}

/** Hundreds of times a table of all wards; what is larger names something else. */
const LARGEST_TABLE_BYTES = 50 * 1024 * 1024;

/**
 * Opens the zip that ONS publishes, or the CSV out of it. The names of areas come from the folder that is given, else from the zip's Documents/, else from a folder
 * Documents beside the CSV's own. The error is a sentence.
 */
export async function openOnspd(file: string, namesFolder: string | null): Promise<Result<OnspdFile, string>> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return err(`There is no file ${file}.`);
  if (found.size === 0) return err(`${file} is empty.`);
  if (namesFolder !== null && !(await stat(namesFolder).catch(() => null))?.isDirectory())
    return err(`There is no folder ${namesFolder}.`);
  try {
    return (await isZip(file)) ? await fromZip(file, namesFolder) : ok(await fromCsv(file, found.size, namesFolder));
  } catch (cause) {
    if (cause instanceof BrokenFile || isSystemError(cause)) return err(`${file} cannot be read: ${cause.message}.`);
    throw cause;
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await handle.close();
  }
}

async function fromCsv(file: string, bytes: number, namesFolder: string | null): Promise<OnspdFile> {
  return {
    release: releaseIn(file),
    bytes,
    names: await namesInFolder(namesFolder ?? join(dirname(file), '..', 'Documents')),
    chunks: bytesOf(file),
    close: () => {},
  };
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES });
  } catch (cause) {
    throw new BrokenFile(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function fromZip(file: string, namesFolder: string | null): Promise<Result<OnspdFile, string>> {
  const opened = await openZip(file);
  if (!opened.ok) return err(`${file} is a zip that is cut off or damaged (${opened.error}).`);
  const zip = opened.value;
  try {
    const [entry, ...more] = directoriesIn(zip);
    if (!entry) return shut(zip, `${file} holds no ONS Postcode Directory (Data/ONSPD_….csv).`);
    if (more.length > 0) return shut(zip, `${file} holds several directories. Unpack it and import one of them.`);
    if (!entry.canDecodeFileData())
      return shut(zip, `${file} is packed in a way that we cannot read. Unpack it and import ${entry.fileName}.`);
    return ok({
      release: releaseIn(entry.fileName),
      bytes: entry.uncompressedSize,
      names: namesFolder === null ? await namesInZip(zip) : await namesInFolder(namesFolder),
      chunks: zip.unpack(entry),
      close: () => zip.close(),
    });
  } catch (cause) {
    zip.close();
    throw cause;
  }
}

function shut(zip: Zip, sentence: string): Result<never, string> {
  zip.close();
  return err(sentence);
}

function releaseIn(file: string): string {
  return basename(file).replace(/\.csv$/i, '');
}

/** The whole directory; what is beside it in Data/multi_csv/ is the same again by area. */
function directoriesIn(zip: Zip): readonly Entry[] {
  return zip.entries.filter(
    ({ fileName }) => /(^|\/)(ONSPD|NSPL)[^/]*\.csv$/i.test(fileName) && !/multi_csv/i.test(fileName),
  );
}

async function namesInZip(zip: Zip): Promise<AreaNames> {
  const tables = zip.entries.filter(
    (entry) =>
      /(^|\/)Documents\/[^/]+\.csv$/i.test(entry.fileName) &&
      entry.canDecodeFileData() &&
      entry.uncompressedSize <= LARGEST_TABLE_BYTES,
  );
  const read: Buffer[] = [];
  for (const table of tables) read.push(Buffer.concat(await Array.fromAsync(zip.unpack(table))));
  return namesIn(read);
}

async function namesInFolder(folder: string): Promise<AreaNames> {
  const names = await readdir(folder).catch(() => []);
  const tables: Buffer[] = [];
  for (const name of names.filter((name) => /\.csv$/i.test(name))) {
    const file = join(folder, name);
    if ((await stat(file)).size <= LARGEST_TABLE_BYTES) tables.push(await readFile(file));
  }
  return namesIn(tables);
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause;
}
