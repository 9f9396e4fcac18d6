import { bounce } from './bounce.ts';
import { contactsConfirm } from './contacts-confirm.ts';
import { contactsImport } from './contacts-import.ts';
import { councillorsExport } from './councillors-export.ts';
import { councillorsAccept, councillorsDiscard } from './councillors-held.ts';
import { councillorsImport } from './councillors-import.ts';
import { coverage } from './coverage.ts';
import { forget } from './forget.ts';
import { keys, keysNew, keysRotate } from './keys.ts';
import { mailCheck } from './mail-check.ts';
import { mpsList, mpsRefresh } from './mps.ts';
import { held, heldReturn, heldSend } from './held.ts';
import { notices, noticesSeen } from './notices.ts';
import { pause, pauses, resume } from './pauses.ts';
import { replies } from './replies.ts';
import { reports, reportsHandled } from './reports.ts';
import { switches } from './switches.ts';
import { postcodesImport } from './postcodes-import.ts';
import { postcodesStatus } from './postcodes-status.ts';
import { refuse, type Verb } from './verb.ts';
import { wardsDecide, wardsDoubts } from './wards.ts';

/** Everything the operator can ask for, in the order in which it is explained. Of two that begin alike the longer comes first. */
const VERBS: readonly Verb[] = [
  bounce,
  contactsImport,
  contactsConfirm,
  councillorsImport,
  councillorsExport,
  councillorsAccept,
  councillorsDiscard,
  coverage,
  wardsDoubts,
  wardsDecide,
  mailCheck,
  mpsRefresh,
  mpsList,
  switches,
  noticesSeen,
  notices,
  reportsHandled,
  reports,
  heldSend,
  heldReturn,
  held,
  pauses,
  pause,
  resume,
  forget,
  keysNew,
  keysRotate,
  keys,
  replies,
  postcodesImport,
  postcodesStatus,
];

/** Does what the operator asks for. Gives the exit code. */
export async function run(asked: readonly string[]): Promise<number> {
  const verb = VERBS.find(({ words }) => words === asked.slice(0, words.split(' ').length).join(' '));
  const code = await verb?.run(asked.slice(verb.words.split(' ').length));
  return code ?? refuse(verb ? usageOf([verb]) : usageOf(VERBS));
}

function usageOf(verbs: readonly Verb[]): string {
  const each = verbs.map(({ words, usage }) => `  npm run pennypost -- ${words} ${usage}`);
  return `The operator's command line. It works beside a running server.\n\n${each.join('\n')}`;
}
