import type { LetterStatus } from '../../actions/letter-status.ts';
import { hasArrived, isUndelivered } from '../../domain/delivery.ts';
import { CONFIRMATION_WINDOW, readersOf, type LetterAddressee } from '../../domain/letter.ts';
import { londonDayAndHour } from '../../domain/london-time.ts';
import { isCorrected } from '../../domain/place-query.ts';
import type { Words } from '../../domain/words.ts';
import { whyIn } from '../../store/letter-log.ts';
import { allInSentence } from './addressee-view.ts';
import { draftKey, openingsView } from './copies-view.ts';
import { placeWords } from './place-view.ts';
import { reportView } from './report-view.ts';

/** What the status page shows of a letter. `suggested` is the reply that a link in our question names. */
export function statusView(status: LetterStatus, token: string, suggested: string, { mailReasons }: Words) {
  const { letter, deliveries } = status;
  const { to, from, subject, body, writtenAt, ownWords, campaignId, place } = letter;
  const failed = deliveries.filter(({ state }) => isUndelivered(state));
  return {
    token,
    called: allInSentence(to),
    draftKey: draftKey(readersOf(letter).map((id) => ({ id }))),
    campaignId,
    email: from.email,
    unreached: status.unreached,
    subject,
    body,
    openings: openingsView(to),
    ownWords,
    until: londonDayAndHour(new Date(writtenAt.getTime() + CONFIRMATION_WINDOW)),
    deliveries: to.map((addressee) => copyView(addressee, status, mailReasons)),
    replies: repliesView(status, suggested),
    delivered: deliveries.length > 0 && deliveries.every(({ state }) => state === 'delivered'),
    undelivered: failed.length > 0,
    allUndelivered: failed.length > 0 && failed.length === deliveries.length,
    corrected: isCorrected(place),
    postcode: place.postcode,
    ...placeWords(place),
    report: reportView(to),
  };
}

/** What became of one copy, and what happened on the way. Whoever had a letter lately got none of this one. */
function copyView(
  { id, name, office }: LetterAddressee,
  { deliveries, log, triedUntil }: LetterStatus,
  mailReasons: Words['mailReasons'],
) {
  const delivery = deliveries.find(({ to }) => to === id);
  if (!delivery) return { called: name, office, state: 'left out', steps: [] };
  const steps = log
    .filter(({ deliveryId }) => deliveryId === delivery.id)
    .map(({ state, at, why }) => ({ state, at: londonDayAndHour(at), full: why === 'mailbox full' }));
  const why = whyIn(log, delivery);
  const until = triedUntil.get(delivery.id);
  return {
    called: name,
    office,
    state: delivery.state,
    at: londonDayAndHour(delivery.movedAt),
    reason: why !== null && isUndelivered(delivery.state) ? mailReasons[why] : null,
    full: why === 'mailbox full',
    until: until ? londonDayAndHour(until) : null,
    steps,
  };
}

/** What may be said of the copies that have arrived; null while none has. */
function repliesView({ letter, deliveries, replies }: LetterStatus, suggested: string) {
  const copies = letter.to.flatMap(({ id, name }) => {
    const delivery = deliveries.find(({ to, state }) => to === id && hasArrived(state));
    return delivery ? [{ id: delivery.id, called: name, ticked: replies.get(delivery.id) ?? suggested }] : [];
  });
  return copies.length === 0 ? null : { copies };
}
