import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { openPostcodeDirectory, type PostcodeDirectory } from '../store/postcode-directory.ts';

/** Where the operator's postcode directory is, or would be. */
export function directoryFile(): string {
  return join(readConfig(process.env).varDir, 'postcodes.sqlite');
}

/** Opens the operator's postcode directory; the error is a sentence. Whoever opens it closes it. */
export function openDirectory(): Result<PostcodeDirectory, string> {
  const file = directoryFile();
  if (!existsSync(file)) return err('There is no postcode directory: postcodes are asked of postcodes.io.');
  try {
    return ok(openPostcodeDirectory(file));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return err(`The postcode directory ${file} cannot be read (${why}): import it again.`);
  }
}
