/** Where a demo is played: the Partyline that `make run` has up, or one of its own that is taken down afterwards. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
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
}

type Play = (stage: Stage) => Promise<void>;

/** A party of bots has nobody to say good-bye to. */
const ownDrainSeconds = 2;

/**
 * `URL` names a Partyline elsewhere; a host key for it comes from `HOST_KEY`. Aborted, it throws the reason, once nothing runs
 * any more that was started here.
 */
export async function onStage(play: Play, interrupted: AbortSignal): Promise<void> {
  const { URL: url, HOST_KEY } = process.env;
  const environment = readEnvironment(process.env);
  if (url !== undefined && url !== '') return playUntil(interrupted, play, { url, host_key: HOST_KEY ?? null });
  const running = await readRunning(environment.DATA_DIR);
  if (running === null) return onOwnStage(play, interrupted);
  if (running.url === null) throw new Error('the Partyline that runs here takes no players in (ROLES=leader)');
  return playUntil(interrupted, play, { url: running.url, host_key: running.host_key });
}

async function onOwnStage(play: Play, interrupted: AbortSignal): Promise<void> {
  const screen = createConsole(process.stdout);
  screen.line('Nothing is up here, so the demo brings up a Partyline of its own. (Start one yourself with: make run)');
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'partyline-demo-'));
  // Whoever does not want to wait for the rest must not leave it behind either.
  const removeAtExit = () => rmSync(DATA_DIR, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeAtExit);
  const told = () => screen.line('Taking down the Partyline of the demo; once more to stop at once');
  interrupted.addEventListener('abort', told, { once: true });
  try {
    const inherited = {
      ...process.env,
      ...{ DATA_DIR, PORT: '0', ADMIN_PORT: '0', ROLES: 'gateway,leader', DRAIN_SECONDS: `${ownDrainSeconds}` },
    };
    const own = readEnvironment(inherited);
    const cluster = await startCluster({ environment: own, inherited, console: screen, signal: interrupted });
    try {
      await playUntil(interrupted, play, { url: `http://127.0.0.1:${cluster.port}`, host_key: cluster.hostKey });
    } finally {
      await cluster.stop();
    }
  } finally {
    await rm(DATA_DIR, { recursive: true, force: true });
    process.off('exit', removeAtExit);
  }
}

/** The play's own end, or the interruption: connections to a stage that is taken down complain, and nobody listens then. */
async function playUntil(interrupted: AbortSignal, play: Play, stage: Stage): Promise<void> {
  interrupted.throwIfAborted();
  const playing = play(stage);
  playing.catch(() => undefined);
  await Promise.race([playing, once(interrupted, 'abort')]);
  interrupted.throwIfAborted();
}
