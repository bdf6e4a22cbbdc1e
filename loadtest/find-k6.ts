/** k6 from PATH or from .tools, else built there with Go, else the sentence that says what to install. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FolderHeld, holdFolder } from '../packages/provision/src/sole-holder.ts';

const version = 'v1.8.1';
/** The first that has `k6/websockets`. */
const oldest = { major: 1, minor: 6 };
/** Where Go's own installer puts it; it is often not on PATH. */
const usualGo = '/usr/local/go/bin';

/** Nobody debugs it: a tenth less work to build, and 50 MB instead of 70. */
const withoutDebugging = ['-ldflags=-s -w', '-gcflags=all=-dwarf=false'];

export class K6Missing extends Error {
  override readonly name = 'K6Missing';
  readonly code = 'k6_missing';
}

export async function findK6(
  say: (line: string) => void,
  folder = fileURLToPath(new URL('../.tools/k6', import.meta.url)),
): Promise<string> {
  const installed = installedVersion();
  if (installed !== null) {
    const [major = 0, minor = 0] = installed;
    if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return 'k6';
    say(
      `k6 on PATH is of version ${installed.join('.')}; ${oldest.major}.${oldest.minor} or later is needed, so another is used`,
    );
  }
  const built = join(folder, 'k6');
  if (existsSync(built)) return built;
  const go = ['go', join(usualGo, 'go')].find((program) => runs(program, ['version']));
  if (go === undefined) {
    throw new K6Missing(
      `k6 ${oldest.major}.${oldest.minor} or later is neither on PATH nor in .tools/k6, and there is no Go to build it with. Install one of them: ` +
        `k6 from https://grafana.com/docs/k6/latest/set-up/install-k6/, or Go 1.24 or later from https://go.dev/dl/.`,
    );
  }
  const release = await turnToBuild(folder, say);
  try {
    if (existsSync(built)) return built;
    say(`building k6 ${version} with Go into .tools/k6 (once; about three minutes)`);
    await build(go, folder);
  } finally {
    await release();
  }
  return built;
}

/** Resolves to what ends the turn. */
async function turnToBuild(folder: string, say: (line: string) => void): Promise<() => Promise<void>> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await holdFolder(folder);
    } catch (error) {
      if (!(error instanceof FolderHeld)) throw error;
      if (tries === 0) say('k6 is being built by another process: waiting for it');
      await sleep(500);
    }
  }
}

/** Go puts its binary in place byte by byte; nobody may find half of it. */
async function build(go: string, folder: string): Promise<void> {
  const staging = join(folder, 'building');
  const path = [process.env.PATH ?? '', usualGo].join(delimiter);
  const child = spawn(go, ['install', ...withoutDebugging, `go.k6.io/k6@${version}`], {
    env: { ...process.env, PATH: path, GOBIN: staging, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kill = (): unknown => child.kill();
  process.on('exit', kill);
  const [code] = await once(child, 'exit').finally(() => process.off('exit', kill));
  if (code !== 0) throw new K6Missing(`go install go.k6.io/k6@${version} failed (exit ${code}).`);
  await rename(join(staging, 'k6'), join(folder, 'k6'));
  await rm(staging, { recursive: true });
}

/** Of the k6 on PATH; null where there is none. */
function installedVersion(): [major: number, minor: number] | null {
  const { stdout } = spawnSync('k6', ['version'], { encoding: 'utf8' });
  const found = /v(\d+)\.(\d+)\./.exec(stdout ?? '');
  return found === null ? null : [Number(found[1]), Number(found[2])];
}

function runs(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
