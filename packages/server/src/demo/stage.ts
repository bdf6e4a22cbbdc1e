/** Where a demo is played: the Partyline that `make run` has up, or one of its own that is taken down afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../config.ts';
import { startCluster } from '../supervisor/cluster.ts';
import { createConsole } from '../supervisor/console.ts';
import { readRunning } from '../supervisor/running.ts';

export interface Stage {
  readonly url: string;
  readonly host_key: string | null;
  close(): Promise<void>;
}

/** `URL` names a Partyline elsewhere; a host key for it comes from `HOST_KEY`. */
export async function findStage(): Promise<Stage> {
  const nothing = async (): Promise<void> => undefined;
  const { URL: url, HOST_KEY } = process.env;
  if (url !== undefined && url !== '') return { url, host_key: HOST_KEY ?? null, close: nothing };
  const environment = readEnvironment(process.env);
  const running = await readRunning(environment.DATA_DIR);
  if (running !== null) return { url: running.url, host_key: running.host_key, close: nothing };
  const screen = createConsole(process.stdout);
  screen.line('Nothing is up here, so the demo brings up a Partyline of its own. (Start one yourself with: make run)');
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'partyline-demo-'));
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  const inherited = { ...process.env, DATA_DIR, PORT: '0', ADMIN_PORT: '0' };
  const own = readEnvironment(inherited);
  const cluster = await startCluster({ environment: own, inherited, console: screen, signal: interrupted.signal });
  return {
    url: `http://127.0.0.1:${cluster.port}`,
    host_key: cluster.hostKey,
    async close() {
      await cluster.stop();
      await rm(DATA_DIR, { recursive: true, force: true });
    },
  };
}
