/**
 * Row 5: from a leader's end to the next commit of its party, as its host sees it: the reply to a command given at that
 * instant. One gateway that stays, three leaders of which the leading one is killed, or told to stop.
 */
import { type Summary, summary } from '../../swarm/samples.ts';
import type { Nodes, Rig } from '../rig.ts';
import { openRoom } from '../room.ts';

export const leaseMs = 2_000;

export interface TakeoverResult {
  kills: Summary;
  handovers: Summary;
}

export async function takeover(rig: Rig, plan: { kills: number; handovers: number }): Promise<TakeoverResult> {
  const leader = { ROLES: 'leader', LEASE_MS: String(leaseMs) };
  const nodes = await rig.startNodes(1, { ROLES: 'gateway', LEASE_MS: String(leaseMs) });
  try {
    await Promise.all([nodes.add(leader), nodes.add(leader), nodes.add(leader)]);
    const [gateway] = nodes.all;
    const room = await openRoom([gateway?.port ?? 0], { rounds: 1, max_players: 10 });
    await room.command('lock');
    let isLocked = true;

    async function reply(): Promise<void> {
      await room.command(isLocked ? 'unlock' : 'lock');
      isLocked = !isLocked;
    }
    async function ends(how: 'kill' | 'terminate'): Promise<number> {
      const victim = await leading(nodes);
      const at = performance.now();
      const gone = how === 'kill' ? victim.kill() : victim.terminate();
      await reply();
      const ms = performance.now() - at;
      await Promise.all([gone, nodes.add(leader)]);
      return ms;
    }
    const kills: number[] = [];
    for (let n = 0; n < plan.kills; n += 1) kills.push(await ends('kill'));
    const handovers: number[] = [];
    for (let n = 0; n < plan.handovers; n += 1) handovers.push(await ends('terminate'));
    room.leave();
    return { kills: summary(Float64Array.from(kills)), handovers: summary(Float64Array.from(handovers)) };
  } finally {
    await nodes.stop();
  }
}

async function leading(nodes: Nodes): Promise<Nodes['all'][number]> {
  for (const node of nodes.all) {
    if (node.isUp() && (await node.metric('partyline_led_parties')) > 0) return node;
  }
  throw new Error('nobody leads');
}
