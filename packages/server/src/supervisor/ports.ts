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
  const another = name === 'PORT' ? port + 10 : port + 1_000;
  const hint = `Choose another with \`make run ${name}=${another}\`.`;
  switch (code) {
    case 'EADDRINUSE':
      throw new PortTaken(`Port ${port} on ${host} is taken by another program (${name}). ${hint}`);
    case 'EACCES':
      throw new PortTaken(`Port ${port} on ${host} may not be used by this account (${name}). ${hint}`);
    default:
      throw new PortTaken(`Nothing can listen on port ${port} of ${host} (${code}): see ${name} and its host.`);
  }
}

/** `exclusive` and without SO_REUSEPORT: a port that others share counts as taken. */
function listenFault(at: { port: number; host: string }): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    probe.listen({ ...at, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
