/** Row 1: what one delivered message of 600 bytes costs, and how far apart its receivers get it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DialectName } from '../../swarm/dialect.ts';
import type { Summary } from '../../swarm/samples.ts';
import { createSwarm } from '../../swarm/swarm.ts';
import { type Peer, startPeer, startProgram } from '../peer.ts';
import { cpuMs } from '../process-cost.ts';
import type { Rig } from '../rig.ts';
import { openRoom } from '../room.ts';

export interface FanOutPlan {
  sockets: number;
  messages: number;
  every_ms: number;
}

export interface FanOutResult {
  way: 'C send' | 'uWS send' | 'uWS publish' | 'ws' | 'Socket.IO + Redis' | 'Partyline' | 'Partyline, 2 gateways';
  sockets: number;
  messages: number;
  delivered: number;
  cpu_us_per_message: number;
  /** Of that, Redis'. */
  redis_us_per_message: number;
  skew: Summary;
  delivery: Summary;
}

interface Sender {
  ports: number[];
  dialect: DialectName;
  party_id: string;
  /** Whether the server says something when a socket is open. */
  greets: boolean;
  cpu(): number;
  redis(): number;
  send(round: number): void;
  stop(): Promise<void> | void;
}

/** Null where there is no C compiler. */
export async function fanOutC(plan: FanOutPlan): Promise<FanOutResult | null> {
  const dir = mkdtempSync(join(tmpdir(), 'partyline-send-'));
  try {
    const program = join(dir, 'send');
    const source = fileURLToPath(new URL('../../peers/send.c', import.meta.url));
    try {
      execFileSync('cc', ['-O2', '-o', program, source]);
    } catch {
      return null;
    }
    const peer = await startProgram(program, []);
    return await measure('C send', plan, {
      ...single(peer),
      greets: false,
      send: (round) => peer.tell({ type: 'message', round }),
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function fanOutUws(plan: FanOutPlan, way: 'send' | 'publish'): Promise<FanOutResult> {
  return measure(`uWS ${way}`, plan, single(await startPeer('uws-fan-out.ts', {}, [way])));
}

export async function fanOutWs(plan: FanOutPlan): Promise<FanOutResult> {
  return measure('ws', plan, single(await startPeer('ws-fan-out.ts')));
}

export async function fanOutSocketio(plan: FanOutPlan, rig: Rig): Promise<FanOutResult> {
  const env = { REDIS_URL: rig.redis.url, PREFIX: 'fan-out' };
  const peers = await Promise.all([startPeer('socketio-fan-out.ts', env), startPeer('socketio-fan-out.ts', env)]);
  return measure('Socket.IO + Redis', plan, {
    ports: peers.map(({ port }) => port),
    dialect: 'socketio',
    party_id: '',
    greets: true,
    cpu: () => peers.reduce((sum, { pid }) => sum + cpuMs(pid), 0),
    redis: () => cpuMs(rig.redis.pid),
    send: (round) => peers[0]?.tell({ round }),
    stop() {
      for (const peer of peers) peer.stop();
    },
  });
}

/**
 * Gateways, and a leader that only commits. One gateway is what compares with the single process of a raw send; two show
 * what it costs that the same sockets are spread: more processes than there are processors here.
 */
export async function fanOutPartyline(plan: FanOutPlan, rig: Rig, gateways: 1 | 2): Promise<FanOutResult> {
  const prefix = `bench-fan-out-${gateways}`;
  const nodes = await rig.startNodes(gateways, { ROLES: 'gateway', REDIS_PREFIX: prefix });
  const room = await openRoom(nodes.ports(), { rounds: 1, max_players: 10 });
  room.leave();
  const env = { REDIS_URL: rig.redis.url, REDIS_PREFIX: prefix, PARTY_ID: room.party_id };
  const committer = await startPeer('../bench/committer.ts', env);
  return measure(gateways === 1 ? 'Partyline' : 'Partyline, 2 gateways', plan, {
    ports: nodes.ports(),
    dialect: 'partyline',
    party_id: room.party_id,
    greets: true,
    cpu: () => nodes.cost().nodes_ms + cpuMs(committer.pid),
    redis: () => cpuMs(rig.redis.pid),
    send: (round) => committer.tell({ round }),
    async stop() {
      committer.stop();
      await nodes.stop();
    },
  });
}

function single(peer: Peer): Sender {
  return {
    ports: [peer.port],
    dialect: 'partyline',
    party_id: 'bench',
    greets: true,
    cpu: () => cpuMs(peer.pid),
    redis: () => 0,
    send: (round) => peer.tell({ round }),
    stop: () => peer.stop(),
  };
}

const warmUps = 10;

async function measure(
  way: FanOutResult['way'],
  { sockets, messages, every_ms }: FanOutPlan,
  sender: Sender,
): Promise<FanOutResult> {
  const swarm = createSwarm(1);
  try {
    await swarm.join(sender.ports, [{ party_id: sender.party_id, join: null, players: sockets, first: 0 }]);
    await swarm.connect(sender.ports, { dialect: sender.dialect });
    const isThere = ({ opened, states }: { opened: number; states: number }): boolean =>
      (sender.greets ? states : opened) === sockets;
    await swarm.until(`${way}: everybody is connected`, isThere, 30_000);
    await sleep(200);
    async function send(count: number, from: number): Promise<void> {
      const before = swarm.counts().questions;
      for (let n = 0; n < count; n += 1) {
        sender.send(from + n);
        await sleep(every_ms);
      }
      await swarm.until(`${way}: all is delivered`, ({ questions }) => questions - before >= count * sockets, 30_000);
    }
    await send(warmUps, 1);
    await swarm.measured();
    const [cpu, redis, seen] = [sender.cpu(), sender.redis(), swarm.counts().questions];
    await send(messages, warmUps + 1);
    const spent = sender.cpu() - cpu;
    const redisSpent = sender.redis() - redis;
    const delivered = swarm.counts().questions - seen;
    const { skew, delivery } = await swarm.measured();
    return {
      ...{ way, sockets, messages, delivered, skew, delivery },
      cpu_us_per_message: ((spent + redisSpent) * 1_000) / delivered,
      redis_us_per_message: (redisSpent * 1_000) / delivered,
    };
  } finally {
    await swarm.stop();
    await sender.stop();
  }
}
