import type { Database } from '../store/database.ts';
import { withStore } from './store.ts';
import { refuse, say, type Verb } from './verb.ts';

interface Marking extends Pick<Verb, 'words' | 'usage'> {
  /** Marks what has these ids, and gives those that there are. */
  readonly mark: (db: Database, ids: readonly string[], now: Date) => Promise<readonly string[]>;
  /** "seen". */
  readonly done: string;
  /** "notice". */
  readonly noun: string;
}

/** A verb that says of things by their ids that somebody has seen to them. */
export function marking({ words, usage, mark, done, noun }: Marking): Verb {
  return {
    words,
    usage,
    async run(ids) {
      if (ids.length === 0) return null;
      const marked = await withStore((db) => mark(db, ids, new Date()));
      const unknown = ids.filter((id) => !marked.includes(id));
      say(`${marked.length} ${done}.\n`);
      return unknown.length === 0 ? 0 : refuse(`There is no ${noun} ${unknown.join(', ')}.\n`);
    },
  };
}
