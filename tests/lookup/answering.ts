import { startStandIn, type Reply, type StandIn } from '../stand-ins/loopback.ts';

export interface Answering extends StandIn {
  /** Answers in turn; the last one from then on. */
  replies: Reply[];
}

/** A server that answers whatever it is told, to hold the client itself to. */
export async function startAnswering(...replies: Reply[]): Promise<Answering> {
  let at = 0;
  const answering: { replies: Reply[] } = { replies };
  const standIn = await startStandIn({
    broken: json({}, 500),
    answer: () => answering.replies[Math.min(at++, answering.replies.length - 1)] ?? json({}, 404),
  });
  return Object.defineProperty(standIn, 'replies', {
    get: () => answering.replies,
    set: (next: Reply[]) => {
      answering.replies = next;
      at = 0;
    },
  }) as Answering;
}

export function json(body: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } };
}
