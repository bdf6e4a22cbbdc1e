/**
 * One node as a process. The first SIGTERM or SIGINT stops it gracefully, the second at once; so does the end of the
 * supervisor that started it. Exits with 78 where its settings are wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, readNodeEnvironment } from '../config.ts';
import { createNodeTelemetry, type RunningNode, startNode } from '../node.ts';
import type { NodeReport } from '../node-report.ts';
import { developmentTokenKey } from '../secrets.ts';

const configExit = 78; // EX_CONFIG of sysexits.h
/** Redis and Postgres of a supervisor that was killed are ended by their watchdogs: there is nobody to hand over to. */
const orphanLimitMs = 1_000;

/** Null in a process that nobody supervises. */
async function report(message: NodeReport): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

async function runNode(): Promise<void> {
  const environment = readNodeEnvironment(process.env);
  if (environment.TOKEN_KEYS.length === 0) environment.TOKEN_KEYS.push(await developmentTokenKey(environment.DATA_DIR));
  const telemetry = createNodeTelemetry(environment);
  const { log } = telemetry;
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event === 'uncaughtException' ? 'nobody caught an error' : 'nobody caught a rejection');
      process.exit(1);
    });
  }

  let node: RunningNode | null = null;
  let signals = 0;
  async function end(signal: NodeJS.Signals): Promise<void> {
    signals += 1;
    if (signals > 1 || node === null) process.exit(signals > 1 ? 1 : 0);
    log.info({ signal }, 'asked to stop');
    await node.stop();
    process.exit(0);
  }
  process.on('SIGTERM', (signal) => void end(signal));
  process.on('SIGINT', (signal) => void end(signal));
  process.on('disconnect', async () => {
    log.warn({}, 'the supervisor is gone');
    await Promise.race([node?.stop(), sleep(orphanLimitMs)]);
    process.exit(0);
  });

  node = await startNode(environment, telemetry);
  await report({ type: 'ready', port: node.port, admin_port: node.adminPort });
}

try {
  await runNode();
} catch (error) {
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  process.stderr.write(`${message}\n`);
  await report({ type: 'failed', code, message });
  process.exit(error instanceof ConfigError ? configExit : 1);
}
