/**
 * `make loadtest SCRIPT=smoke [URL=…]`: runs one k6 script against a Partyline that is there, or against one that it
 * starts itself (Redis, Postgres, two nodes) and stops again. Ends with k6's summary and an HTML report; exits with 0
 * where all thresholds held.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostKey, startRig } from './bench/rig.ts';
import { findK6, K6Missing } from './find-k6.ts';

const scripts = fileURLToPath(new URL('./k6', import.meta.url));
const results = process.env.RESULTS ?? fileURLToPath(new URL('./results/k6', import.meta.url));
const { SCRIPT = '', URL: given = '', NODES = '2' } = process.env;
/** The one script that is about the limits as they are. */
const limitsAsTheyAre = ['join-stampede'];

interface Target {
  url: string;
  host_key: string;
  stop(): Promise<void>;
}

async function target(): Promise<Target> {
  if (given !== '') return { url: given, host_key: process.env.HOST_KEY ?? '', stop: async () => undefined };
  process.stdout.write(`Partyline: starting Redis, Postgres and ${NODES} nodes\n`);
  const rig = await startRig();
  const usualLimits = { JOINS_PER_MINUTE: '1500', INITS_PER_MINUTE: '120' };
  const nodes = await rig.startNodes(Number(NODES), limitsAsTheyAre.includes(SCRIPT) ? usualLimits : {});
  const url = nodes.ports().map((port) => `http://127.0.0.1:${port}`);
  return { url: url.join(), host_key: hostKey, stop: rig.stop };
}

function runK6(k6: string, at: Target): Promise<number> {
  const report = join(results, `${SCRIPT}.html`);
  const child = spawn(
    k6,
    [
      'run',
      ...(process.stdout.isTTY ? [] : ['--quiet']),
      ...['--summary-export', join(results, `${SCRIPT}.json`), join(scripts, `${SCRIPT}.ts`)],
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        URL: at.url,
        HOST_KEY: at.host_key,
        K6_WEB_DASHBOARD: 'true',
        K6_WEB_DASHBOARD_PORT: '-1',
        K6_WEB_DASHBOARD_PERIOD: '1s',
        K6_WEB_DASHBOARD_EXPORT: report,
        K6_NO_USAGE_REPORT: 'true',
      },
    },
  );
  // Ctrl-C reaches k6 by itself; we stay to stop what we started.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (existsSync(report)) process.stdout.write(`\nreport: ${relative(process.cwd(), report)}\n`);
      resolve(code ?? 1);
    });
  });
}

async function run(): Promise<number> {
  const names = readdirSync(scripts).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
  if (!names.includes(SCRIPT)) {
    process.stderr.write(
      `usage: make loadtest SCRIPT=<one of ${names.join(', ')}> [URL=http://host:port] [PLAYERS=…]\n`,
    );
    return 2;
  }
  await mkdir(results, { recursive: true });
  try {
    const k6 = await findK6((line) => process.stdout.write(`Partyline: ${line}\n`));
    const at = await target();
    try {
      return await runK6(k6, at);
    } finally {
      await at.stop();
    }
  } catch (error) {
    if (!(error instanceof K6Missing)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 69; // EX_UNAVAILABLE of sysexits.h
  }
}

process.exitCode = await run();
