import type { Run } from './fleet.ts';
import type { Taken } from './post-office.ts';
import { confirms, subjectOf } from './writers.ts';

/** What the mail server's book says of the letters. */
export interface Judged {
  /** Letters that their writers confirmed and that nobody got. */
  readonly lost: number;
  /** Letters that were handed over though nobody had confirmed them. */
  readonly strays: number;
  /** Letters that were handed over under two Message-IDs. */
  readonly doubled: number;
  /** Mails of any kind that were handed over once more under the same Message-ID. */
  readonly duplicates: number;
  /** Those of them that followed on one from a process that was not killed. */
  readonly unexplained: number;
  /** The most that one kill caused. */
  readonly mostAtOneKill: number;
  /** The longest that a yes of the mail server was older than the kill that came before our note of it, in milliseconds. */
  readonly longestMs: number;
}

export const lettersIn = (taken: readonly Taken[]): readonly Taken[] => taken.filter(({ kind }) => kind === 'letter');

export function judge(taken: readonly Taken[], runs: readonly Run[], letters: number): Judged {
  const killedAt = new Map(runs.map(({ name, killedAt }) => [name, killedAt]));
  const repeated = [...Map.groupBy(taken, ({ id }) => id).values()].flatMap((copies) => copies.slice(0, -1));
  const explained = repeated.filter(({ by }) => typeof killedAt.get(by) === 'number');
  const perKill = [...Map.groupBy(explained, ({ by }) => by).values()].map((mails) => mails.length);
  const idsBySubject = Map.groupBy(lettersIn(taken), subjectIn);
  const idsOf = (letter: number) => new Set(idsBySubject.get(subjectOf(letter))?.map(({ id }) => id)).size;
  const written = Array.from({ length: letters }, (_, at) => at);
  return {
    lost: written.filter((letter) => confirms(letter) && idsOf(letter) === 0).length,
    strays: written.filter((letter) => !confirms(letter) && idsOf(letter) > 0).length,
    doubled: written.filter((letter) => idsOf(letter) > 1).length,
    duplicates: repeated.length,
    unexplained: repeated.length - explained.length,
    mostAtOneKill: Math.max(0, ...perKill),
    longestMs: Math.round(Math.max(0, ...explained.map(({ by, at }) => (killedAt.get(by) ?? at) - at))),
  };
}

function subjectIn({ raw }: Taken): string {
  return /^Subject: (.*?)\r?$/m.exec(raw)?.[1] ?? '';
}
