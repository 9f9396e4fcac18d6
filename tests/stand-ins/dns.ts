import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import packet from 'dns-packet';

/** What a name server says of one name. TXT records as their strings; "10 mail.example.org" for an MX. */
export interface Zone {
  readonly TXT?: readonly (string | readonly string[])[];
  readonly MX?: readonly string[];
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  /** What it does in place of an answer. */
  readonly fault?: 'SERVFAIL' | 'REFUSED' | 'silence' | 'rubbish';
}

export interface DnsStandIn {
  /** "127.0.0.1:5353". */
  readonly address: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** The most that goes into one datagram; what is longer is asked for again over TCP (RFC 1035, 4.2.1). */
const DATAGRAM = 512;
const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

/** A real name server on the loopback, over UDP and TCP. A name that is not among the zones, nor above one, does not exist. */
export async function startDns(zones: Readonly<Record<string, Zone>>): Promise<DnsStandIn> {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const answer = (query: Buffer) => answerTo(packet.decode(query), zones, asked);

  const tcp = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // whoever asks may hang up
    socket.on('data', (heard: Buffer) => {
      const reply = answer(heard.subarray(2));
      if (reply) socket.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
    });
  });
  await once(tcp.listen(0, '127.0.0.1'), 'listening');
  const { port } = tcp.address() as AddressInfo;

  const udp = createSocket('udp4');
  udp.on('message', (query, { port, address }) => {
    const reply = answer(query);
    if (reply) udp.send(reply.length > DATAGRAM ? cut(query) : reply, port, address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');

  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => udp.close(() => closed()));
      await new Promise<void>((closed) => tcp.close(() => closed()));
    },
  };
}

function answerTo(query: packet.Packet, zones: Readonly<Record<string, Zone>>, asked: string[]): Buffer | null {
  const [question] = query.questions ?? [];
  if (!question) return null;
  const { type } = question;
  const name = question.name.toLowerCase();
  asked.push(`${name} ${type}`);
  const zone = zones[name];
  if (zone?.fault === 'silence') return null;
  if (zone?.fault === 'rubbish') return Buffer.from('hello');
  const isThere = zone !== undefined || Object.keys(zones).some((known) => known.endsWith(`.${name}`));
  const rcode = zone?.fault ? RCODES[zone.fault] : isThere ? 0 : RCODES.NXDOMAIN;
  const answers = zone && !zone.fault ? answersOf(name, type, zone) : [];
  return packet.encode({ ...headOf(query), flags: packet.RECURSION_AVAILABLE | rcode, answers });
}

function answersOf(name: string, type: string, zone: Zone): packet.Answer[] {
  const head = { name, ttl: 60 };
  if (type === 'TXT') return (zone.TXT ?? []).map((text) => ({ ...head, type, data: stringsOf(text) }));
  if (type === 'A' || type === 'AAAA') return (zone[type] ?? []).map((data) => ({ ...head, type, data }));
  if (type !== 'MX') return [];
  return (zone.MX ?? []).map((line) => {
    const [preference, exchange = ''] = line.split(' ');
    return { ...head, type, data: { preference: Number(preference), exchange } };
  });
}

/** One string holds 255 bytes at most (RFC 1035, 3.3.14); an operator's tool cuts a longer one. */
function stringsOf(text: string | readonly string[]): string[] {
  return [text].flat().flatMap((string) => string.match(/.{1,255}/gs) ?? ['']);
}

function cut(query: Buffer): Buffer {
  return packet.encode({ ...headOf(packet.decode(query)), flags: packet.TRUNCATED_RESPONSE });
}

function headOf({ id, questions }: packet.Packet) {
  return { type: 'response', id: id ?? 0, questions: questions ?? [] } as const;
}
