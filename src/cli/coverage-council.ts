import type { KnownContact } from '../domain/contact.ts';
import type { CouncilCoverage, CoveredWard } from '../domain/coverage.ts';
import { londonDay } from '../domain/london-time.ts';
import { ageOf } from './age.ts';
import { asTable } from './table.ts';

/** Everything that an operator may want to know of one council. */
export function sayCouncil(one: CouncilCoverage, now: Date): string {
  const { council, councillors, office, wards } = one;
  const silent = councillors.filter(({ contacts }) => contacts.length === 0);
  const contacts = councillors.flatMap(({ name, contacts }) => contacts.map((contact) => ({ name, ...contact })));
  const personal = contacts.filter(({ kind }) => kind === 'personal');
  const failing = contacts.filter(({ failingSince }) => failingSince !== null);
  return [
    `${council.name} (${council.code}), ${council.nation}\n`,
    asTable(summary(one, now)),
    section('Wards', asTable(wards.map(wardLine)), wards.length),
    section(
      'Councillors without an address',
      silent.map(({ name, seat }) => `${name}, ${seat}\n`).join(''),
      silent.length,
    ),
    section('Personal addresses', asTable(personal.map(({ name, email }) => [name, email])), personal.length),
    section(
      'Addresses that fail',
      asTable(
        failing.map(({ name, email, failingSince }) => [name, email, `since ${failingSince?.toISOString() ?? ''}`]),
      ),
      failing.length,
    ),
    section(
      'Addresses',
      asTable([
        ADDRESS_HEADER,
        ...[...office.map((contact) => ({ name: 'its own office', ...contact })), ...contacts].map(addressLine),
      ]),
      office.length + contacts.length,
    ),
  ].join('');
}

const ADDRESS_HEADER = [
  'whose',
  'address',
  'kind',
  'found in',
  'on',
  'delivered',
  'came back',
  'confirmed by a person',
];

function addressLine(contact: KnownContact & { readonly name: string }): string[] {
  const { name, email, kind, source, fetchedAt, deliveredAt, bouncedAt, confirmedAt } = contact;
  const times = [fetchedAt, deliveredAt, bouncedAt, confirmedAt];
  return [name, email, kind, source, ...times.map((time) => (time ? londonDay(time) : 'never'))];
}

function summary(one: CouncilCoverage, now: Date): string[][] {
  const { council, source, asOf, triedAt, problem, failingSince, heldAt, held, office, councillors, vacantSeats } = one;
  const at = (time: Date | null) => (time ? `${time.toISOString()} (${ageOf(time, now)} ago)` : 'never');
  return [
    ['list from', source ?? 'nobody yet'],
    ['list of', at(asOf)],
    ['own address', office.map(({ email }) => email).join(', ') || 'none known'],
    ['councillors', `${councillors.length}, and ${vacantSeats.length} vacant`],
    ['ModernGov', council.moderngov ?? 'none: only a file can name its councillors'],
    ['last asked', at(triedAt)],
    ['problem', problem ?? 'none'],
    ...(failingSince ? [['failing since', at(failingSince)]] : []),
    ...(heldAt && held
      ? [['held since', `${at(heldAt)}: ${held.councillors} councillors, ${held.withEmail} with an address`]]
      : []),
  ];
}

function wardLine({ code, name, match, seats }: CoveredWard): string[] {
  return [code, name, match, seats.map((seat) => `"${seat}"`).join(', ')];
}

function section(title: string, text: string, count: number): string {
  return count === 0 ? '' : `\n${title} (${count})\n${text}`;
}
