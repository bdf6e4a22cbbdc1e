/** What a caller holds of a server put in place here: where it listens, and its life. */
import type { ServerProcess } from './server-process.ts';

export interface RunningServer extends ServerProcess {
  readonly url: string;
  readonly port: number;
}

/** The pid stays a getter: it changes with every restart. */
export function withAddress(server: ServerProcess, { url, port }: { url: string; port: number }): RunningServer {
  const { stop, kill, restart } = server;
  return {
    url,
    port,
    get pid() {
      return server.pid;
    },
    stop,
    kill,
    restart,
  };
}
