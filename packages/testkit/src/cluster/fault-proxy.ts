/**
 * A line between nodes and one of their stores on which a test can lose replies (what was asked is done, and nobody hears
 * of it), make them slow, or let nothing pass at all.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface FaultProxy {
  /** The address behind it, with the port of this line. */
  readonly url: string;
  /** For `ms` nothing comes back over any connection; then they are cut, so that those replies are lost for good. */
  loseReplies(ms: number): Promise<void>;
  /** Every reply comes so much later; 0 ends it. */
  slowReplies(ms: number): void;
  /** Connections stay, and new ones open, but nothing passes either way until it is healed. */
  blackhole(): void;
  /** Cuts what nothing passed over; new connections are whole. */
  heal(): void;
  /** Bytes of replies that were swallowed so far. */
  readonly lost: number;
}

export async function faultProxy(t: TestContext, url: string): Promise<FaultProxy> {
  const target = new URL(url);
  const inbounds = new Set<Socket>();
  let passes: 'all' | 'requests' | 'nothing' = 'all';
  let delayMs = 0;
  let lost = 0;
  const server = createServer((inbound) => {
    const outbound = connect(Number(target.port), target.hostname);
    inbounds.add(inbound);
    inbound.on('data', (bytes) => {
      if (passes !== 'nothing') outbound.write(bytes);
    });
    outbound.on('data', (bytes) => {
      if (passes !== 'all') lost += bytes.length;
      else if (delayMs === 0) inbound.write(bytes);
      else setTimeout(() => inbound.write(bytes), delayMs);
    });
    const end = (): void => {
      inbounds.delete(inbound);
      inbound.destroy();
      outbound.destroy();
    };
    for (const socket of [inbound, outbound]) socket.on('close', end).on('error', end);
  });
  const cut = (): void => {
    passes = 'all';
    for (const inbound of inbounds) inbound.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: url.replace(target.host, `127.0.0.1:${port}`),
    get lost() {
      return lost;
    },
    async loseReplies(ms) {
      passes = 'requests';
      await new Promise((resolve) => setTimeout(resolve, ms));
      cut();
    },
    slowReplies(ms) {
      delayMs = ms;
    },
    blackhole() {
      passes = 'nothing';
    },
    heal: cut,
  };
}
