/**
 * Which ports a cluster on one machine takes. Those that were asked for, or an error; the others as usual, or any that are
 * free: no two of them the same, whatever was asked for.
 */
import { freePort, isPortFree } from '../../packages/provision/src/index.ts';
import type { Environment } from '../../packages/server/src/config-schema.ts';
import { choosePorts, highestPort } from '../../packages/server/src/supervisor/ports.ts';

export interface BalancedPorts {
  /** Where players come in: the balancer's. */
  readonly port: number;
  readonly nodes: readonly { readonly port: number; readonly adminPort: number }[];
  readonly balancer: number;
  readonly prometheus: number;
}

const usualPorts = { balancer: 8404, prometheus: 9090 };
/** Nodes listen this far above the balancer. */
const nodeOffset = 101;

export async function balancedPorts(environment: Environment, usually = usualPorts): Promise<BalancedPorts> {
  const { port, adminPorts } = await choosePorts(environment);
  const isFixed = environment.PORT !== 0;
  const given = new Set([port, ...adminPorts]);

  async function anyFree(): Promise<number> {
    for (;;) {
      const free = await freePort();
      if (!given.has(free)) return free;
    }
  }
  async function usual(wanted: number): Promise<number> {
    const canHave = isFixed && wanted <= highestPort && !given.has(wanted) && (await isPortFree(wanted));
    const chosen = canHave ? wanted : await anyFree();
    given.add(chosen);
    return chosen;
  }

  const balancer = await usual(usually.balancer);
  const prometheus = await usual(usually.prometheus);
  const nodes: BalancedPorts['nodes'][number][] = [];
  for (const [index, adminPort] of adminPorts.entries()) {
    const nodePort = await usual(port + nodeOffset + index);
    nodes.push({ port: nodePort, adminPort: adminPort || (await anyFree()) });
  }
  return { port, nodes, balancer, prometheus };
}
