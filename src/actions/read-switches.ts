import type { SwitchName } from '../domain/switches.ts';
import type { Database } from '../store/database.ts';
import { switchesOn } from '../store/switches.ts';

/** The switches that the operator has turned on. */
export type ReadSwitches = () => Promise<ReadonlySet<SwitchName>>;

/** Another process turns them: this is how long it takes until every page follows. */
const READ_EVERY_MS = 60_000;

/** Reads them from the database once a minute. */
export function switchReader(db: Database, clock: () => Date): ReadSwitches {
  let held: { readonly on: ReadonlySet<SwitchName>; readonly until: number } | undefined;
  return async () => {
    if (held && clock().getTime() < held.until) return held.on;
    const on = new Set((await switchesOn(db)).map(({ name }) => name));
    held = { on, until: clock().getTime() + READ_EVERY_MS };
    return on;
  };
}
