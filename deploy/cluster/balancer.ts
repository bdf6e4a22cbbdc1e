/** haproxy as a process of ours, with deploy/haproxy/haproxy.cfg as it is: all that differs is in its environment. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServer } from '../../packages/provision/src/server-process.ts';

const CONFIG = fileURLToPath(new URL('../haproxy/haproxy.cfg', import.meta.url));
/** As many as the file has lines for. */
export const mostNodes = 16;
/** What the system allows for the path of a socket file, less what haproxy adds while it binds. */
const longestSocketPath = 90;

export interface BalancerOptions {
  readonly haproxy: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly nodes: readonly { readonly port: number; readonly adminPort: number }[];
  readonly dir: string;
  readonly onLog: (line: string) => void;
  /** More variables of the file, `HAPROXY_SLOWSTART` for one. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Balancer extends ServerProcess {
  /** Takes `set server nodes/node-1 state drain` and the like; null where the path is too long for a socket. */
  readonly socket: string | null;
}

/** Resolves once it listens. Throws with haproxy's last lines when it does not. */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const { haproxy, host, port, adminPort, nodes, onLog } = options;
  // haproxy takes a relative path for a host, and works in this folder besides.
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  const socket = resolve(dir, 'haproxy.sock');
  const hasSocket = Buffer.byteLength(socket) <= longestSocketPath;
  const servers = nodes.flatMap((node, index) => [
    [`NODE_${index + 1}`, `127.0.0.1:${node.port}`],
    [`NODE_${index + 1}_ADMIN_PORT`, `${node.adminPort}`],
  ]);
  const server = await startServer({
    name: 'haproxy',
    file: haproxy,
    args: ['-db', '-f', CONFIG],
    cwd: dir,
    env: {
      PATH: process.env.PATH,
      HAPROXY_BIND: `${host}:${port}`,
      HAPROXY_ADMIN_BIND: `127.0.0.1:${adminPort}`,
      ...(hasSocket && { HAPROXY_SOCKET: socket }),
      ...Object.fromEntries(servers),
      ...options.env,
    },
    clearTheWay: async () => {},
    isReady: () => answers(`http://127.0.0.1:${adminPort}/metrics`),
    stopSignal: 'SIGTERM',
    stopLimitMs: 3_000,
    orphanSignal: 'SIGTERM',
    onLog,
  });
  return Object.assign(server, { socket: hasSocket ? socket : null });
}

export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
