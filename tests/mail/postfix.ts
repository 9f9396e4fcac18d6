import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PROGRAM = '/usr/sbin/postfix';

/** Postfix changes users, so only root may start it. Said in the name of every test that it is missing for. */
export const noPostfix = !existsSync(PROGRAM) || process.getuid?.() !== 0;
if (noPostfix) console.log('No Postfix that we may start (/usr/sbin/postfix, as root): the tests with it are skipped.');

const NOBODY = 65_534;
const MOST_MAIL = 20_000;

interface Wanted {
  /** Where it takes mail. */
  readonly port: number;
  /** Domains, and where their mail goes: "smtp:[127.0.0.1]:2525". */
  readonly transports: Readonly<Record<string, string>>;
  /** Lines of master.cf beside the usual ones. */
  readonly services?: string;
}

/**
 * A Postfix of its own in a folder of its own, on the loopback, without DNS. It takes mail from us as a relay does, and keeps the mailboxes
 * "here" and "full" of council.example. It tries again every second or two, warns after one, and gives up after eight.
 */
export async function aPostfix({ port, transports, services = '' }: Wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'pennypost-postfix-'));
  chmodSync(folder, 0o755);
  for (const name of ['etc', 'queue', 'data', 'log', 'mail']) mkdirSync(join(folder, name));
  chownSync(join(folder, 'data'), postfixUser(), 0);
  chownSync(join(folder, 'mail'), NOBODY, NOBODY);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const fill = (mailbox: string) => {
    write(`mail/${mailbox}`, 'x'.repeat(MOST_MAIL - 100));
    chownSync(join(folder, 'mail', mailbox), NOBODY, NOBODY);
  };
  fill('full');
  write('etc/mailboxes', 'full@council.example full\nhere@council.example here\n');
  write(
    'etc/transport',
    Object.entries(transports)
      .map((line) => `${line.join(' ')}\n`)
      .join(''),
  );
  write('etc/main.cf', mainCf(folder));
  write('etc/master.cf', `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES}${services}`);

  // Postfix closes every file descriptor that it could have, one by one.
  const start = `ulimit -n 1024; exec ${PROGRAM} -c ${folder}/etc start-fg`;
  const running = spawn('sh', ['-c', start], { stdio: 'ignore' });
  const ended = once(running, 'exit');
  await untilItGreets(port);
  return {
    folder,
    fill,
    empty: (mailbox: string) => write(`mail/${mailbox}`, ''),
    /** All that is in it. */
    mailIn: (mailbox: string) => readFileSync(join(folder, 'mail', mailbox), 'utf8'),
    log: () => readFileSync(join(folder, 'log/maillog'), 'utf8'),
    stop: async () => {
      process.kill(Number(readFileSync(join(folder, 'queue/pid/master.pid'), 'utf8')), 'SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For a command that Postfix runs, which is never root's. */
export function giveToNobody(folder: string): void {
  for (const name of ['', ...readdirSync(folder)]) chownSync(join(folder, name), NOBODY, NOBODY);
}

/** Whether a command of another user can be run from a folder. */
export function othersMayRead(folder: string): boolean {
  const above = dirname(folder);
  return (statSync(folder).mode & 0o5) === 0o5 && (above === folder || othersMayRead(above));
}

function postfixUser(): number {
  return Number(/^postfix:[^:]*:(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1]);
}

async function untilItGreets(port: number): Promise<void> {
  for (const until = performance.now() + 50_000; performance.now() < until;) {
    const socket = connect(port, '127.0.0.1');
    const greeted = await Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => []);
    socket.destroy();
    if (String(greeted[0]).startsWith('220')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Postfix did not start');
}

const mainCf = (folder: string) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
data_directory = ${folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log/maillog
maillog_file_prefixes = ${folder}
myhostname = mail.council.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = check_recipient_access inline:{returns.example=reject_unverified_recipient}, permit_mynetworks, reject
address_verify_map =
address_verify_poll_delay = 1s
unverified_recipient_reject_code = 550
smtp_dns_support_level = disabled
smtp_host_lookup = native
recipient_delimiter = +
message_size_limit = ${MOST_MAIL}
virtual_mailbox_limit = ${MOST_MAIL}
virtual_mailbox_domains = council.example
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = texthash:${folder}/etc/mailboxes
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
transport_maps = texthash:${folder}/etc/transport
delay_warning_time = 1s
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
maximal_queue_lifetime = 8s
bounce_queue_lifetime = 1d
`;

const SERVICES = `
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
`;
