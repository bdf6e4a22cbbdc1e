/** What goes wrong in a simulation, and when: drawn from the seed, one plague at a time, with peace between them. */
import type { RecordedPlayer } from '../history/recorded-player.ts';
import type { MemoryArchive } from '../memory/archive.ts';
import type { Delivery } from '../memory/faults.ts';
import type { MemoryWorld } from '../memory/memory-world.ts';
import { between, pick, type SeededRandom } from './seeded-random.ts';
import type { SimNode } from './sim-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PlagueGround {
  world: MemoryWorld;
  time: VirtualTime;
  random: SeededRandom;
  nodes: SimNode[];
  players: RecordedPlayer[];
  addNode: () => Promise<void>;
  archive: MemoryArchive;
  story: string[];
  /** The live data are about to be lost; false where that would lose the whole game, before its first checkpoint. */
  lose: () => boolean;
}

/** So many at most: a cluster that is never left in peace owes nothing. */
const mostPlagues = 6;

export function plagues(ground: PlagueGround): { stop(): void } {
  const { time, random } = ground;
  let isOver = false;
  let count = 0;

  function strike(): void {
    if (isOver || count >= mostPlagues) return;
    count += 1;
    const { name, strike: act } = pick(random, all);
    ground.story.push(`${time.now() - 1_800_000_000_000} ms: ${name}`);
    act(ground);
    time.timers.after(between(random, 1_000, 12_000), strike);
  }

  time.timers.after(between(random, 100, 6_000), strike);
  return {
    stop() {
      isOver = true;
    },
  };
}

const up = ({ nodes }: PlagueGround): SimNode[] => nodes.filter((node) => node.isUp());

/** The node that leads, if any; otherwise any. */
function leading(ground: PlagueGround): SimNode {
  return up(ground).find((node) => node.leader.leads() > 0) ?? pick(ground.random, up(ground));
}

/** A node that does not reach the store does not start; whoever keeps it alive starts another. */
function replace(ground: PlagueGround): void {
  const start = (): void => void ground.addNode().catch(() => replace(ground));
  ground.time.timers.after(between(ground.random, 500, 3_000), start);
}

const all: { name: string; strike: (ground: PlagueGround) => void }[] = [
  {
    name: 'the leader is killed',
    strike(ground) {
      if (up(ground).length < 2) return;
      leading(ground).kill();
      replace(ground);
    },
  },
  {
    name: 'some node is killed',
    strike(ground) {
      if (up(ground).length < 2) return;
      pick(ground.random, up(ground)).kill();
      replace(ground);
    },
  },
  {
    name: 'the leader stands still for one to five leases',
    strike(ground) {
      leading(ground).pause(ground.world.leaseMs * between(ground.random, 1, 5) + between(ground.random, -200, 200));
    },
  },
  {
    name: 'a node is told to go',
    strike(ground) {
      if (up(ground).length < 2) return;
      void leading(ground).drain();
      replace(ground);
    },
  },
  {
    name: 'the lease is deleted under its holder',
    strike(ground) {
      for (const party_id of ground.world.leases.keys()) {
        ground.world.leases.delete(party_id);
        ground.world.live.set(party_id, 0);
      }
    },
  },
  {
    name: 'a node is cut off from the store',
    strike(ground) {
      const node = pick(ground.random, up(ground));
      node.store.cut();
      ground.time.timers.after(between(ground.random, 200, 6_000), () => node.store.heal());
    },
  },
  {
    name: 'the store is away and comes back as it was',
    strike(ground) {
      ground.world.stop();
      ground.time.timers.after(between(ground.random, 200, 5_000), () => ground.world.start('it_was'));
    },
  },
  {
    name: 'the store is away and comes back empty',
    strike(ground) {
      const ms = between(ground.random, 200, 3_000);
      if (!ground.lose()) return;
      ground.world.stop();
      ground.time.timers.after(ms, () => ground.world.start('empty'));
    },
  },
  {
    name: 'messages to a node are lost, doubled or late for a while',
    strike(ground) {
      const node = pick(ground.random, up(ground));
      const { random } = ground;
      const fates: Delivery[] = ['delivered', 'delivered', 'dropped', 'twice', 'held'];
      node.store.faults = { ...node.store.faults, delivery: () => pick(random, fates) };
      ground.time.timers.after(between(random, 300, 4_000), () => {
        node.store.faults = { ...node.store.faults, delivery: () => 'delivered' };
        node.store.deliverHeld((held) => [...held].reverse());
        // A lossy line is a broken one: the subscriber is reconnected, and says so.
        node.store.raiseDoubt();
      });
    },
  },
  {
    name: 'replies of the store to a node are lost for a while',
    strike(ground) {
      const node = pick(ground.random, up(ground));
      const { call } = node.store.faults;
      node.store.faults = {
        ...node.store.faults,
        async call(at) {
          const fate = (await call?.(at)) ?? 'done';
          return fate === 'done' && ground.random() < 0.3 ? 'reply_lost' : fate;
        },
      };
      ground.time.timers.after(between(ground.random, 300, 3_000), () => {
        node.store.faults = { ...node.store.faults, ...(call === undefined ? {} : { call }) };
      });
    },
  },
  {
    name: 'players lose their network',
    strike(ground) {
      for (const player of ground.players) if (ground.random() < 0.5) player.drop(between(ground.random, 100, 6_000));
    },
  },
  {
    name: 'the archive is away',
    strike(ground) {
      ground.archive.outage.begin();
      ground.time.timers.after(between(ground.random, 500, 20_000), () => ground.archive.outage.end());
    },
  },
  {
    name: 'acknowledgements of the archive are lost',
    strike: (ground) => ground.archive.outage.loseAcknowledgements(between(ground.random, 1, 3)),
  },
];
