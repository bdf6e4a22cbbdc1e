/** Which ports the nodes will listen on, settled and found free before anything is started. */
import { createServer } from 'node:net';
import { freePort } from '@partyline/provision';
import type { Environment } from '../config-schema.ts';

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly code = 'port_taken';
}

export interface Ports {
  port: number;
  /** One for each node; 0: any free one. */
  adminPorts: number[];
}

const lastPrivilegedPort = 1_023;
export const highestPort = 65_535;

export async function choosePorts({ PORT, HOST, ADMIN_PORT, ADMIN_HOST, NODES, ROLES }: Environment): Promise<Ports> {
  const port = PORT === 0 ? await freePort() : PORT;
  const adminPorts = Array.from({ length: NODES }, (_, index) => (ADMIN_PORT === 0 ? 0 : ADMIN_PORT + index));
  // A node that only leads listens on no public port, and may run beside one that does.
  if (ROLES.includes('gateway')) await mustBeFree({ name: 'PORT', port, host: HOST });
  for (const adminPort of adminPorts) {
    if (adminPort > 0) await mustBeFree({ name: 'ADMIN_PORT', port: adminPort, host: ADMIN_HOST });
  }
  return { port, adminPorts };
}

interface Wanted {
  name: 'PORT' | 'ADMIN_PORT';
  port: number;
  host: string;
}

async function mustBeFree({ name, port, host }: Wanted): Promise<void> {
  const code = await listenFault({ port, host });
  if (code === null) return;
  const hint = `Choose another: \`${name}=${anotherPort({ name, port })}\`.`;
  switch (code) {
    case 'EADDRINUSE':
      throw new PortTaken(`Port ${port} on ${host} is taken by another program (${name}). ${hint}`);
    case 'EACCES':
      throw new PortTaken(`Port ${port} on ${host} may not be used by this account (${name}). ${hint}`);
    default:
      throw new PortTaken(`Nothing can listen on port ${port} of ${host} (${code}): see ${name} and its host.`);
  }
}

/** One that any account may use, since an ordinary one may have none of the lowest. */
export function anotherPort({ name, port }: Pick<Wanted, 'name' | 'port'>): number {
  const step = name === 'PORT' ? 10 : 1_000;
  if (port <= lastPrivilegedPort) return port + 8_000;
  return port + step > highestPort ? port - step : port + step;
}

/** `exclusive` and without SO_REUSEPORT: a port that others share counts as taken. */
function listenFault(at: { port: number; host: string }): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen({ ...at, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
