/** A line between the store and Redis on which a test can swallow bytes, one way, for the connections it chooses. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface Line {
  /** What the store has sent over it so far. */
  readonly sent: string;
  /** From now on nothing comes back, though the connection stays. */
  deafen(): void;
  cut(): void;
}

export interface Proxy {
  url: string;
  /** Connections that still stand, in the order they were made. */
  readonly lines: Line[];
}

export async function proxyTo(t: TestContext, url: string): Promise<Proxy> {
  const target = new URL(url);
  const lines = new Set<Line>();
  const sockets = new Set<Socket>();
  const server = createServer((inbound) => {
    const outbound = connect(Number(target.port), target.hostname);
    const line = {
      sent: '',
      isDeaf: false,
      deafen() {
        line.isDeaf = true;
      },
      cut: () => void inbound.destroy(),
    };
    lines.add(line);
    inbound.on('data', (bytes) => {
      line.sent += bytes.toString('latin1');
      outbound.write(bytes);
    });
    outbound.on('data', (bytes) => {
      if (!line.isDeaf) inbound.write(bytes);
    });
    for (const [one, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        lines.delete(line);
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    get lines() {
      return [...lines];
    },
  };
}
