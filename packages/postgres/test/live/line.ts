/** A TCP line to Postgres that can be cut, can go dead, and can lose the one answer that matters. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Lifetime } from '@partyline/testkit';

export interface Line {
  /** Postgres through this line. */
  readonly url: string;
  /** Ends every connection; new ones are taken. */
  cut(): void;
  /** From now on nothing goes through, and nobody is told: packets lost for good. */
  goDead(): void;
  comeAlive(): void;
  /** The next COMMIT reaches Postgres, its answer does not come back, and the connection ends. */
  loseNextCommit(): void;
}

export async function openLine(t: Lifetime, url: string): Promise<Line> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isDead = false;
  let losesCommit = false;

  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    let isLost = false;
    const end = (): void => {
      for (const socket of [near, far]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', end).on('error', end);
    }
    near.on('data', (bytes) => {
      if (losesCommit && /commit/i.test(bytes.toString('latin1'))) {
        losesCommit = false;
        isLost = true;
      }
      if (!isDead) far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (isLost) end();
      else if (!isDead) near.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  t.after(async () => {
    server.close();
    cut();
  });
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    cut,
    goDead() {
      isDead = true;
    },
    comeAlive() {
      isDead = false;
    },
    loseNextCommit() {
      losesCommit = true;
    },
  };
}
