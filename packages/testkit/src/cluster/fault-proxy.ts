/** A line between nodes and their Redis on which a test can lose replies: what was asked is done, and nobody hears of it. */
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface FaultProxy {
  readonly url: string;
  /** For `ms` nothing comes back over any connection; then they are cut, so that those replies are lost for good. */
  loseReplies(ms: number): Promise<void>;
  /** Bytes of replies that were swallowed so far. */
  readonly lost: number;
}

export async function faultProxy(t: TestContext, url: string): Promise<FaultProxy> {
  const target = new URL(url);
  const inbounds = new Set<Socket>();
  let isDeaf = false;
  let lost = 0;
  const server = createServer((inbound) => {
    const outbound = connect(Number(target.port), target.hostname);
    inbounds.add(inbound);
    inbound.on('data', (bytes) => outbound.write(bytes));
    outbound.on('data', (bytes) => {
      if (isDeaf) lost += bytes.length;
      else inbound.write(bytes);
    });
    const end = (): void => {
      inbounds.delete(inbound);
      inbound.destroy();
      outbound.destroy();
    };
    for (const socket of [inbound, outbound]) socket.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const inbound of inbounds) inbound.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `redis://127.0.0.1:${port}`,
    get lost() {
      return lost;
    },
    async loseReplies(ms) {
      isDeaf = true;
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (const inbound of inbounds) inbound.destroy();
      isDeaf = false;
    },
  };
}
