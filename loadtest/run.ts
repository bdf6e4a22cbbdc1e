/**
 * `make loadtest SCRIPT=smoke [URL=…]`: runs one k6 script against a Partyline that is there, or against one that it
 * starts itself (Redis, Postgres, two nodes) and stops again. Ends with k6's summary, its HTML report and a chart of the run;
 * exits with 0 where all thresholds held.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostKey, startRig } from './bench/rig.ts';
import { findK6, K6Missing } from './find-k6.ts';
import { k6Chart } from './report/k6-chart.ts';
import { readK6Report } from './report/k6-report.ts';

const scripts = fileURLToPath(new URL('./k6', import.meta.url));
const results = process.env.RESULTS ?? fileURLToPath(new URL('./results/k6', import.meta.url));
const { SCRIPT = '', URL: given = '', NODES = '2', HOST_KEY = '' } = process.env;
/** The one script that is about the limits as they are. */
const limitsAsTheyAre = ['join-stampede'];
const asHost = ['full-game', 'host-api'];
/** Of sysexits.h. */
const exits = { usage: 2, unavailable: 69, interrupted: 130 };
const answersWithinMs = 5_000;

interface Target {
  url: string;
  host_key: string;
  stop(): Promise<void>;
}

/**
 * Told to stop: k6 hears of Ctrl-C by itself, and whatever was started is stopped before we end. Told again, we end at once:
 * what was started has watchdogs.
 */
let isInterrupted = false;
let running: ChildProcess | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isInterrupted) process.exit(exits.interrupted);
    isInterrupted = true;
    if (signal === 'SIGTERM') running?.kill(signal);
    process.stdout.write('Partyline: stopping; once more to stop at once\n');
  });
}

/** What is wrong with what was given; null where nothing is. Better said now than by k6 in the middle of a stack. */
async function problemWith(addresses: string): Promise<string | null> {
  for (const url of addresses.split(',')) {
    if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
      return `URL is "${url}": it must be like http://host:port.`;
    const problem = await knock(new URL(url));
    if (problem !== null) return `Nothing answers at ${url}: ${problem}`;
  }
  if (HOST_KEY === '' && asHost.includes(SCRIPT))
    return `${SCRIPT} needs HOST_KEY: the key that \`make run\` or \`make cluster\` printed, or one of \`make host-key\`.`;
  return null;
}

/** The port alone: whose certificates are trusted is k6's affair. */
async function knock({ hostname, port, protocol }: URL): Promise<string | null> {
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    timeout: answersWithinMs,
  });
  try {
    await Promise.race([
      once(socket, 'connect'),
      once(socket, 'timeout').then(() => Promise.reject(new Error(`no answer within ${answersWithinMs / 1_000} s`))),
    ]);
    return null;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return message || code || 'no connection';
  } finally {
    socket.destroy();
  }
}

async function target(): Promise<Target> {
  if (given !== '') return { url: given, host_key: HOST_KEY, stop: async () => undefined };
  process.stdout.write(`Partyline: starting Redis, Postgres and ${NODES} nodes\n`);
  const rig = await startRig();
  try {
    const usualLimits = { JOINS_PER_MINUTE: '1500', INITS_PER_MINUTE: '120' };
    const nodes = await rig.startNodes(Number(NODES), limitsAsTheyAre.includes(SCRIPT) ? usualLimits : {});
    const url = nodes.ports().map((port) => `http://127.0.0.1:${port}`);
    return { url: url.join(), host_key: hostKey, stop: rig.stop };
  } catch (error) {
    await rig.stop();
    throw error;
  }
}

const resultFile = (extension: string): string => join(results, `${SCRIPT}.${extension}`);

async function runK6(k6: string, at: Target): Promise<number> {
  // What an earlier run left would be taken for this one's.
  for (const extension of ['html', 'json', 'svg']) await rm(resultFile(extension), { force: true });
  const child = spawn(
    k6,
    [
      'run',
      // Any port: two may run at once.
      ...['--address', '127.0.0.1:0'],
      ...(process.stdout.isTTY ? [] : ['--quiet']),
      ...['--summary-export', resultFile('json'), join(scripts, `${SCRIPT}.ts`)],
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
        K6_WEB_DASHBOARD_EXPORT: resultFile('html'),
        K6_NO_USAGE_REPORT: 'true',
      },
    },
  );
  running = child;
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 1));
  });
  await drawChart();
  return code;
}

async function drawChart(): Promise<void> {
  const html = await readFile(resultFile('html'), 'utf8').catch(() => null);
  if (html === null) return;
  const summary = await readFile(resultFile('json'), 'utf8').catch(() => '');
  const report = readK6Report(html, summary);
  if (report !== null) await writeFile(resultFile('svg'), k6Chart(SCRIPT, report));
  const shown = (extension: string): string => relative(process.cwd(), resultFile(extension));
  process.stdout.write(`\nreport: ${shown('html')}\n${report === null ? '' : `chart: ${shown('svg')}\n`}`);
}

async function run(): Promise<number> {
  const names = readdirSync(scripts).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
  if (!names.includes(SCRIPT)) {
    process.stderr.write(
      `usage: make loadtest SCRIPT=<one of ${names.join(', ')}> [URL=http://host:port] [PLAYERS=…]\n`,
    );
    return exits.usage;
  }
  const problem = given === '' ? null : await problemWith(given);
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    return exits.usage;
  }
  await mkdir(results, { recursive: true });
  try {
    const k6 = await findK6((line) => process.stdout.write(`Partyline: ${line}\n`));
    if (isInterrupted) return exits.interrupted;
    const at = await target();
    try {
      return isInterrupted ? exits.interrupted : await runK6(k6, at);
    } finally {
      await at.stop();
    }
  } catch (error) {
    // Ctrl-C reaches everything that was just starting, too.
    if (isInterrupted) return exits.interrupted;
    if (!(error instanceof K6Missing)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exits.unavailable;
  }
}

process.exitCode = await run();
