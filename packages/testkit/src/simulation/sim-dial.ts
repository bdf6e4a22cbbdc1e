/** How a player reaches a simulated node: a few milliseconds of network, in order, and nobody there when all are down. */
import type { Dial } from '../history/recorded-player.ts';
import { between, pick, type SeededRandom } from './seeded-random.ts';
import type { SimNode } from './sim-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export function simDial(
  party_id: string,
  { nodes, time, random }: { nodes: SimNode[]; time: VirtualTime; random: SeededRandom },
): Dial {
  return async (protocols, on) => {
    const up = nodes.filter((node) => node.isUp());
    if (up.length === 0) return null;
    // What one socket carries arrives in order, however late.
    let lastArrival = 0;
    const arrive = (call: () => void): void => {
      lastArrival = Math.max(lastArrival, time.now() + between(random, 0, 4));
      time.timers.after(lastArrival - time.now(), call);
    };
    return pick(random, up).transport.connect(`/ws/${party_id}`, protocols, {
      open: () => undefined,
      text: (text) => arrive(() => on.text(text)),
      closed: (code) => arrive(() => on.closed(code)),
    });
  };
}
