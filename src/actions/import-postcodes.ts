import type { Registers } from '../domain/place.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { OnspdFile } from '../records/onspd/file.ts';
import { readRows, type WrongFile } from '../records/onspd/rows.ts';
import {
  DiskRefuses,
  replacePostcodeDirectory,
  type DirectoryReplacement,
} from '../store/replace-postcode-directory.ts';
import { areaCounter, type AreasCounted } from './count-areas.ts';

export type { AreasCounted } from './count-areas.ts';

/** What came of a file that is whole. */
export interface ImportedPostcodes extends AreasCounted {
  readonly rows: number;
  /** Of them, no longer in use. */
  readonly ended: number;
}

/** Why there is no new directory; the one before goes on serving. */
export type ImportRefusal =
  | WrongFile
  | { readonly kind: 'no-rows' }
  /** Less than this part of what serves: perhaps the file ends too early. */
  | { readonly kind: 'fewer'; readonly rows: number; readonly before: number }
  | { readonly kind: 'another-import' }
  | { readonly kind: 'disk'; readonly detail: string };

interface Import {
  readonly source: OnspdFile;
  /** What the file is called, for whoever asks later. */
  readonly sourceName: string;
  /** The directory that is replaced. */
  readonly file: string;
  readonly registers: Registers;
  /** How many postcodes the directory has that serves now; null: a smaller one may take its place. */
  readonly before: number | null;
  readonly progress: (bytes: number, rows: number) => void;
  readonly now: Date;
}

/** A file that is cut off between two lines looks whole; one that has lost a tenth of its postcodes is not believed. */
const BELIEVED_FROM = 0.9;

/** Makes a postcode directory of a file as published, and puts it in the place of the one that serves: whole, or not at all. */
export async function importPostcodes(wanted: Import): Promise<Result<ImportedPostcodes, ImportRefusal>> {
  try {
    const replacement = replacePostcodeDirectory(wanted.file);
    if (!replacement) return err({ kind: 'another-import' });
    try {
      return await fill(replacement, wanted);
    } finally {
      replacement.close();
    }
  } catch (cause) {
    if (cause instanceof DiskRefuses) return err({ kind: 'disk', detail: cause.message });
    throw cause;
  }
}

async function fill(
  replacement: DirectoryReplacement,
  { source, sourceName, registers, before, progress, now }: Import,
): Promise<Result<ImportedPostcodes, ImportRefusal>> {
  const areas = areaCounter(registers);
  let [rows, ended] = [0, 0];
  const read = await readRows(
    counted(source.chunks, (bytes) => progress(bytes, rows)),
    (row) => {
      if (!replacement.add(row)) return `${row.postcode} is there twice`;
      rows++;
      if (row.ended === null) areas.count(row);
      else ended++;
      return null;
    },
  );
  if (!read.ok) return read;
  if (rows === 0) return err({ kind: 'no-rows' });
  if (before !== null && rows < before * BELIEVED_FROM) return err({ kind: 'fewer', rows, before });

  const { named, ...found } = areas.named(source.names);
  for (const { area, councilCode } of named) replacement.name(area, councilCode);
  replacement.putInPlace({ release: source.release, source: sourceName, rows, importedAt: now });
  return ok({ rows, ended, ...found });
}

/** The same bytes, with how many there have been so far said before each chunk's rows. */
async function* counted(chunks: AsyncIterable<Buffer>, heard: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    heard(bytes);
    yield chunk;
  }
}
