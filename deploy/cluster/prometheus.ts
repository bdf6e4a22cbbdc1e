/**
 * Prometheus as a process of ours, with the files of deploy/prometheus as they are; only the targets are written here, in a
 * copy of the folder.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServer } from '../../packages/provision/src/server-process.ts';
import { answers } from './balancer.ts';

const FILES = fileURLToPath(new URL('../prometheus/', import.meta.url));

export interface PrometheusOptions {
  readonly prometheus: string;
  readonly port: number;
  /** Its data too; kept. */
  readonly dir: string;
  /** Admin ports of the nodes. */
  readonly nodes: readonly number[];
  readonly balancer: number;
  readonly onLog: (line: string) => void;
}

/** Resolves once it is ready. Throws with its last lines when it is not. */
export async function startPrometheus(options: PrometheusOptions): Promise<ServerProcess> {
  const { prometheus, port, nodes, balancer, onLog } = options;
  const dir = resolve(options.dir);
  const config = join(dir, 'config');
  await mkdir(config, { recursive: true });
  await cp(FILES, config, { recursive: true });
  await writeTargets(config, 'nodes', nodes);
  await writeTargets(config, 'balancer', [balancer]);
  const url = `http://127.0.0.1:${port}`;
  return startServer({
    name: 'Prometheus',
    file: prometheus,
    args: [
      `--config.file=${join(config, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      '--storage.tsdb.retention.time=2d',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    cwd: dir,
    clearTheWay: async () => {},
    isReady: () => answers(`${url}/-/ready`),
    stopSignal: 'SIGTERM',
    stopLimitMs: 5_000,
    orphanSignal: 'SIGTERM',
    onLog,
  });
}

/** Where a person reads the alerts. Debian's Prometheus has the pages of old, elsewhere. */
export async function alertsPage(url: string): Promise<string> {
  const page = `${url}/alerts`;
  return (await answers(page)) ? page : `${url}/classic/alerts`;
}

async function writeTargets(config: string, name: string, ports: readonly number[]): Promise<void> {
  const targets = ports.map((port) => `127.0.0.1:${port}`);
  await writeFile(join(config, 'targets', `${name}.json`), `${JSON.stringify([{ targets }])}\n`);
}
