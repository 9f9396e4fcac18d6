import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { err, ok, type Result } from '../../domain/result.ts';
import { BrokenFile } from './broken-file.ts';

export interface Zip {
  readonly entries: readonly Entry[];
  /** Unpacks one of them, a quarter of a megabyte at a time. Throws `BrokenFile` where it is damaged, and at its end if it is not what the zip says it is. */
  unpack(entry: Entry): AsyncIterable<Buffer>;
  close(): void;
}

/** Smaller pieces take longer, larger ones more memory. */
export const CHUNK_BYTES = 256 * 1024;

/** Opens a zip to read from it. The error says why there is no list of what is in it. */
export async function openZip(file: string): Promise<Result<Zip, string>> {
  try {
    const zip = await openPromise(file, { autoClose: false });
    const entries = await entriesOf(zip);
    return ok({ entries, unpack: (entry) => unpacked(zip, entry), close: () => zip.close() });
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause)); // whatever it is, the file gives nothing
  }
}

async function entriesOf(zip: ZipFile): Promise<readonly Entry[]> {
  try {
    return await Array.fromAsync(zip.eachEntry());
  } catch (cause) {
    zip.close();
    throw cause;
  }
}

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let bytes = 0;
  let sum = 0;
  try {
    for await (const chunk of await streamOf(zip, entry)) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      if (bytes > entry.uncompressedSize) break;
      yield chunk;
    }
  } catch (cause) {
    throw new BrokenFile(`the zip is damaged here (${cause instanceof Error ? cause.message : String(cause)})`, {
      cause,
    });
  }
  if (bytes !== entry.uncompressedSize || sum !== entry.crc32)
    throw new BrokenFile('the zip is damaged: its checksum is not that of what is in it');
}

async function streamOf(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  const packed: Readable = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === 0) return packed;
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  pipeline(packed, inflate, () => {}); // whoever reads on hears of an error
  return inflate;
}
