/**
 * `make cluster NODES=3`: nodes behind haproxy, watched by Prometheus, until it is told to stop. The first Ctrl-C or SIGTERM
 * stops everything gracefully, the second at once.
 */
import { relative } from 'node:path';
import { ConfigError, readEnvironment } from '../../packages/server/src/config.ts';
import { createConsole } from '../../packages/server/src/supervisor/console.ts';
import { type BalancedCluster, startBalancedCluster } from './balanced-cluster.ts';

const screen = createConsole(process.stdout);
const interrupted = new AbortController();
let stopped: Promise<void> | null = null;
let cluster: BalancedCluster | null = null;

async function stopCluster(running: BalancedCluster): Promise<void> {
  const startedAt = performance.now();
  screen.line('Partyline: stopping; once more to stop at once');
  await running.stop();
  screen.line(`Partyline: stopped after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

/** Nodes end when our channel to them closes, the others by their watchdogs: exiting is enough. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(1);
  interrupted.abort(new Error('interrupted'));
  if (cluster !== null) stopped ??= stopCluster(cluster);
  stopped?.then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
}

function banner(cluster: BalancedCluster): string {
  const { url, nodes, balancer, balancerUrl, prometheusUrl, alertsUrl, hostKey, logs } = cluster;
  const rows: [string, string][] = [
    ['Join a party', `${url}/`],
    ['Host a room', `${url}/host`],
    ['Quick party', `${url}/quick`],
    ...(hostKey === null ? [] : [['Host key', hostKey] as [string, string]]),
    ['Balancer', `${balancerUrl}/  ${balancerUrl}/metrics`],
    ...(balancer.socket === null ? [] : [['', "make ask-balancer SAY='show servers state'"] as [string, string]]),
    ...(prometheusUrl === null
      ? []
      : ([
          ['Prometheus', `${prometheusUrl}/  ${alertsUrl}`],
          ['', 'dashboard: deploy/grafana/dashboard.json'],
        ] as [string, string][])),
    ...nodes.map(({ name, port, adminPort, pid }): [string, string] => [
      name,
      `pid ${pid}  http://127.0.0.1:${port}  http://127.0.0.1:${adminPort}/readyz`,
    ]),
    ['Logs', relative(process.cwd(), logs) || logs],
    ['When it breaks', 'deploy/runbook.md, which also says how to break it'],
  ];
  return [
    '',
    ...rows.map(([label, text]) => `  ${label.padEnd(16)}${text}`),
    '',
    '  `make demo-room` in another terminal lets bots play. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

try {
  const environment = readEnvironment({ ...process.env, NODES: process.env.NODES || '3' });
  const startedAt = performance.now();
  screen.line(`Partyline: preparing ${environment.NODES} nodes behind haproxy`);
  const { signal } = interrupted;
  cluster = await startBalancedCluster({ environment, inherited: process.env, console: screen, signal });
  if (signal.aborted) await cluster.stop();
  signal.throwIfAborted();
  screen.line(`\nPartyline is running after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`);
  screen.line(banner(cluster));
} catch (error) {
  if (interrupted.signal.aborted) {
    screen.line('Partyline: stopped before it had started');
    process.exit(0);
  }
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}
