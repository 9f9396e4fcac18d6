/** What tells a machine's mail from a person's. Names of headers are in small letters. */
export interface Envelope {
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  /** Sent from nobody ("<>"), as bounces are. */
  readonly fromNobody: boolean;
}

/** Nobody wrote this: an answer to it could be answered by a machine again (RFC 3834, and what programs did before it). */
export function isAutomatic({ headers, subject }: Envelope): boolean {
  const submitted = headers.get('auto-submitted');
  return (
    (submitted !== undefined && !/^\s*no\b/i.test(submitted)) ||
    /^\s*(bulk|junk|list|auto[_-]?reply)\b/i.test(headers.get('precedence') ?? '') ||
    /\ball\b/i.test(headers.get('x-auto-response-suppress') ?? '') ||
    MARKS.some((name) => headers.has(name)) ||
    OUT_OF_OFFICE.test(subject)
  );
}

const MARKS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from', 'x-mail-autoreply', 'list-id'];

const OUT_OF_OFFICE =
  /^\s*(automatic reply|auto[- ]?(reply|response|responder)|out of (the )?office|ateb awtomatig|allan o'r swyddfa)\b/i;

/** It asks the sender to prove that there is a person, before the letter is let through. */
export function isChallenge(envelope: Envelope): boolean {
  const { headers, subject } = envelope;
  if (CHALLENGERS.some((name) => headers.has(name))) return true;
  return (envelope.fromNobody || isAutomatic(envelope)) && PROVE_YOURSELF.test(subject);
}

const CHALLENGERS = ['x-tmda-confirm-address', 'x-boxtrapper', 'x-spamarrest', 'x-challenge-response'];

const PROVE_YOURSELF =
  /\b(confirm|verify|approve|authenticate|validate)\b.{0,40}\b(e-?mail|message|delivery|sender|address|yourself)\b|\b(confirmation|verification|action|approval) (required|request|needed)\b|\bchallenge\b/i;

/** A mail system speaks, not a person. */
export function isFromAMailSystem({ fromNobody }: Envelope, from: string): boolean {
  return fromNobody || /^(mailer-daemon|postmaster|mail-daemon)@/i.test(from);
}
