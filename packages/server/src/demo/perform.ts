/**
 * A demo as a process: played from its settings to its end, ended by a signal at any moment, and never with anything left
 * behind or a stack trace on the screen. Knows nothing of what is played.
 */
import { constants } from 'node:os';
import { ConfigError } from '../config.ts';

const configExit = 78; // EX_CONFIG of sysexits.h

/** The first signal aborts what `demo` was given, which then takes down what it has brought up; the second ends at once. */
export async function perform(demo: (interrupted: AbortSignal) => Promise<void>): Promise<never> {
  const interrupted = new AbortController();
  let exit = 0;
  function interrupt(signal: NodeJS.Signals): void {
    exit = 128 + constants.signals[signal];
    // Nodes end when our channel to them closes, Redis and Postgres by their watchdogs.
    if (interrupted.signal.aborted) process.exit(exit);
    interrupted.abort(new Error('interrupted'));
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  // A terminal that was closed takes no more lines; that is no reason to die without cleaning up.
  process.stdout.on('error', () => {});
  try {
    await demo(interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) {
      exit = error instanceof ConfigError ? configExit : 1;
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(error instanceof ConfigError ? `${message}\n` : `\nThe demo stopped: ${message}\n`);
    }
  }
  process.exit(exit);
}
