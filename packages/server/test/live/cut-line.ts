/** A TCP line that can be cut without a word: nothing comes through and nothing is closed, as with a lost network. */
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { freePort } from '@partyline/provision';

export interface CutLine {
  port: number;
  /** Bytes stop; connections stay, and new ones are taken and never answered. */
  cut(): void;
  mend(): void;
}

export async function cutLine(t: TestContext, to: { host: string; port: number }): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(to);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => isCut || other.write(bytes));
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    port,
    cut() {
      isCut = true;
    },
    mend() {
      isCut = false;
      // What was swallowed is missing from the middle of a stream: only new connections are any good.
      for (const socket of sockets) socket.destroy();
    },
  };
}
