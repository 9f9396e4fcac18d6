import { ACTIONS, type Report } from '../domain/report.ts';

/** A list behind an address may have many members; one report of this many is enough to judge by. */
const MOST_RECIPIENTS = 50;
const LONGEST_VALUE = 1_000;

/**
 * Reads the machine's part of a bounce (message/delivery-status, RFC 3464): a block of fields about the message, then one per recipient.
 * What is malformed is left out; a recipient without an action of the five is none.
 */
export function readDeliveryStatus(text: string): readonly Report[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .slice(0, MOST_RECIPIENTS + 1)
    .flatMap((block) => reportIn(fieldsOf(block)));
}

function reportIn(fields: ReadonlyMap<string, string>): readonly Report[] {
  const action = ACTIONS.find((word) => word === withoutComment(fields.get('action')).toLowerCase());
  if (action === undefined) return [];
  const status = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(withoutComment(fields.get('status')))?.[0] ?? null;
  return [
    {
      action,
      status,
      diagnostic: afterType(fields.get('diagnostic-code')),
      recipient: afterType(fields.get('final-recipient'))?.replace(/^<|>$/g, '') ?? null,
    },
  ];
}

/** Fields by their names in small letters, their lines joined (RFC 5322, 2.2.3). Of two of one name, the first. */
function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name = '', value = ''] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key !== '' && !fields.has(key)) fields.set(key, value.trim().slice(0, LONGEST_VALUE));
  }
  return fields;
}

/** "5.1.1 (bad address)" is 5.1.1. */
function withoutComment(value = ''): string {
  return value.replace(/\(.*$/, '').trim();
}

/** "smtp; 550 No such user" without the type that stands before it. */
function afterType(value: string | undefined): string | null {
  return value === undefined ? null : value.replace(/^[\w-]+[ \t]*;/, '').trim() || null;
}
