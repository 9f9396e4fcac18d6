import type { CouncilCoverage, CoveredWard } from '../domain/coverage.ts';
import { ageOf } from './age.ts';
import { asTable } from './table.ts';

/** Everything that an operator may want to know of one council. */
export function sayCouncil(one: CouncilCoverage, now: Date): string {
  const { council, councillors, wards } = one;
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
  ].join('');
}

function summary(one: CouncilCoverage, now: Date): string[][] {
  const { council, source, asOf, triedAt, problem, failingSince, heldAt, held, councillors, vacantSeats } = one;
  const at = (time: Date | null) => (time ? `${time.toISOString()} (${ageOf(time, now)} ago)` : 'never');
  return [
    ['list from', source ?? 'nobody yet'],
    ['list of', at(asOf)],
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
