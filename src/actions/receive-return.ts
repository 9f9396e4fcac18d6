import type { Handover } from '../domain/delivery.ts';
import { mayForward, type Forwarded } from '../domain/forwarding.ts';
import {
  consequenceOf,
  type Attempt,
  type NotedReturn,
  type Received,
  type ReturnedMail,
} from '../domain/returned-mail.ts';
import type { ArrivedMail, ReadReturn } from '../mail/read-return.ts';

export type Noted = 'noted' | 'noted before' | 'unknown' | 'too early';

/** What is done with a mail that came back. Everything may be asked for twice, and by two processes at once. */
export interface Returns {
  /**
   * Notes it with what follows for the delivery, in one transaction. The same `once` for the same delivery changes nothing a second time.
   * 'unknown': there is no such delivery any more; 'too early': it came back before we had noted that it went out.
   * Of an attempt that was not the last nothing follows.
   */
  noteReturn(noted: NotedReturn): Promise<Noted>;
  /** Where replies to a delivery go, and which went there. Null: the supporter is forgotten, or was never known. */
  forwardingOf(deliveryId: string): Promise<{ readonly to: string; readonly done: readonly Forwarded[] } | null>;
  /** Sends a reply on from nobody ("<>"), whole and unread; keeps nothing of it. */
  forwardReply(deliveryId: string, reply: Reply): Promise<Handover>;
  noteForward(deliveryId: string, forwarded: Forwarded): Promise<void>;
}

export interface Reply extends Forwarded {
  readonly raw: Buffer;
  /** Where an answer to it goes, as its writer says. */
  readonly from: Extract<ReturnedMail, { kind: 'reply' }>['from'];
}

interface Needs {
  readonly returns: Returns;
  readonly read: (mail: ArrivedMail) => Promise<ReadReturn>;
  /** Whether mail to an address comes back to us. */
  readonly isReturnPath: (address: string) => boolean;
  readonly clock: () => Date;
}

/** Takes a mail that came to the return path of an attempt. Throws when it could not be dealt with: then it has to come again. */
export type ReceiveReturn = (attempt: Attempt, mail: ArrivedMail) => Promise<Received>;

export function returnReceiver(needs: Needs): ReceiveReturn {
  return async ({ deliveryId, number: attempt }, mail) => {
    const { once, ...returned } = await needs.read(mail);
    const at = needs.clock();
    switch (returned.kind) {
      case 'loop':
        return { kind: returned.kind, outcome: 'dropped' };
      case 'reply':
        return {
          kind: returned.kind,
          outcome: await forward(needs, deliveryId, { once, at, raw: mail.raw, from: returned.from }),
        };
      default: {
        const about = { deliveryId, attempt, once: onceOfAttempt(once, attempt), at };
        const noted = await needs.returns.noteReturn({ ...about, ...consequenceOf(returned) });
        return { kind: returned.kind, outcome: AFTER_NOTING[noted] };
      }
    }
  };
}

/** A server that names its bounces after the mail they are about gives those of two attempts one name. */
function onceOfAttempt(once: string, attempt: number | null): string {
  return attempt === null ? once : `${once}.${attempt}`;
}

const AFTER_NOTING = {
  noted: 'noted',
  'noted before': 'noted before',
  unknown: 'dropped',
  'too early': 'later',
} as const satisfies Record<Noted, Received['outcome']>;

/** A crash between the server's yes and our note of it sends a reply on twice, under the same Message-ID: better than never. */
async function forward(
  { returns, isReturnPath }: Needs,
  deliveryId: string,
  reply: Reply,
): Promise<Received['outcome']> {
  const forwarding = await returns.forwardingOf(deliveryId);
  if (!forwarding || isReturnPath(forwarding.to)) return 'unwanted';
  const may = mayForward(forwarding.done, reply.once, reply.at);
  if (may !== 'yes') return WITHOUT_FORWARDING[may];

  const { outcome } = await returns.forwardReply(deliveryId, reply);
  if (outcome === 'accepted') await returns.noteForward(deliveryId, { once: reply.once, at: reply.at });
  return AFTER_FORWARDING[outcome];
}

const WITHOUT_FORWARDING = { 'done before': 'forwarded before', 'too soon': 'later', 'too many': 'unwanted' } as const;

/** Whoever wrote to somebody that we cannot reach hears of it from their own mail server. */
const AFTER_FORWARDING = {
  accepted: 'forwarded',
  'try later': 'later',
  'not understood': 'later',
  refused: 'unwanted',
} as const satisfies Record<Handover['outcome'], Received['outcome']>;
