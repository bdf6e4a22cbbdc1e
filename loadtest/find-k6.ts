/** k6 from PATH or from .tools, else built there with Go, else the sentence that says what to install. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = 'v1.8.1';
const folder = fileURLToPath(new URL('../.tools/k6', import.meta.url));
/** Where Go's own installer puts it; it is often not on PATH. */
const usualGo = '/usr/local/go/bin';

export class K6Missing extends Error {
  override readonly name = 'K6Missing';
  readonly code = 'k6_missing';
}

/** The built binary, whether or not it is there: tests that would have to build it look first. */
export const builtK6 = join(folder, 'k6');

export async function findK6(say: (line: string) => void): Promise<string> {
  if (runs('k6', ['version'])) return 'k6';
  if (existsSync(builtK6)) return builtK6;
  const go = ['go', join(usualGo, 'go')].find((program) => runs(program, ['version']));
  if (go === undefined) {
    throw new K6Missing(
      `k6 is neither on PATH nor in .tools/k6, and there is no Go to build it with. Install one of them: ` +
        `k6 from https://grafana.com/docs/k6/latest/set-up/install-k6/, or Go 1.24 or later from https://go.dev/dl/.`,
    );
  }
  say(`building k6 ${version} with Go into .tools/k6 (once; about three minutes)`);
  await mkdir(folder, { recursive: true });
  const path = [process.env.PATH ?? '', usualGo].join(delimiter);
  const built = spawnSync(go, ['install', `go.k6.io/k6@${version}`], {
    env: { ...process.env, PATH: path, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) throw new K6Missing(`go install go.k6.io/k6@${version} failed (exit ${built.status}).`);
  return builtK6;
}

function runs(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
