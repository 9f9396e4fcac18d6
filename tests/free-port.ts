import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of the loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const MOST_PORTS = 5;
const TAKEN = /EADDRINUSE|address already in use|Something else listens/i;

/** For what cannot choose its port itself: begins it on another where somebody took the first meanwhile. */
export async function onFreePort<T>(begin: (port: number) => Promise<T>): Promise<T> {
  for (let ports = 1; ; ports++) {
    try {
      return await begin(await freePort());
    } catch (cause) {
      if (ports === MOST_PORTS || !TAKEN.test(String(cause))) throw cause;
    }
  }
}
