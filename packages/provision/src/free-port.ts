/**
 * Decides which TCP ports the servers started here listen on. Knows nothing of the servers, and a port is only likely
 * to stay free: nothing reserves it until somebody listens.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below every system's ephemeral range (Linux begins at 32768). A port from inside it can be taken by any outgoing
 * connection while its server is down, and a client retrying on loopback can even connect to itself there: the server
 * then never comes back, which is what a fault test does to it.
 */
const FIRST_PORT = 12_000;
const PORTS = 20_000;
/** Tried when one that was free is taken by the time its server listens. */
const FURTHER_PORTS = 2;

export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A random start, then one after the other, so that two calls in one process never name the same port. */
function* candidates(): Generator<number, never> {
  for (let offset = randomInt(PORTS); ; offset = (offset + 1) % PORTS) yield FIRST_PORT + offset;
}

const ports = candidates();

/** A port nobody listens on, on loopback or on all addresses. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS; tried += 1) {
    const port = ports.next().value;
    if ((await isPortFree(port)) && (await isPortFree(port, '0.0.0.0'))) return port;
  }
  throw new Error(`No free TCP port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1}.`);
}

/**
 * Starts a server on the wanted port, or on a free one: where somebody else takes that in the meantime, on another. Throws
 * what `start` throws, and when the wanted port is taken: whoever listens there would answer in our server's name.
 */
export async function startOnPort<Server>(
  { port, host }: { port: number | undefined; host: string },
  start: (port: number) => Promise<Server>,
): Promise<Server> {
  if (port !== undefined) {
    if (await isPortFree(port, host)) return start(port);
    throw new Error(`Port ${port} on ${host} is taken by another program.`);
  }
  for (let left = FURTHER_PORTS; ; left -= 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (left === 0 || !/address already in use/i.test(String(error))) throw error;
    }
  }
}
