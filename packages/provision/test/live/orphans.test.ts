import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newFolder } from './folder.ts';

const starter = fileURLToPath(new URL('starter.ts', import.meta.url));

/** One that has ended and only waits for its parent to take note does not live. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}

async function allEnd(pids: readonly number[]): Promise<boolean> {
  for (let turn = 0; turn < 80; turn += 1) {
    if (!(await Promise.all(pids.map(isAlive))).includes(true)) return true;
    await sleep(100);
  }
  return false;
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const) {
  test(`both servers end when the process that started them dies of ${signal}`, async (t) => {
    const program = spawn(process.execPath, [starter, await newFolder()], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => program.kill('SIGKILL'));
    const [line] = await once(program.stdout, 'data');
    const pids: number[] = JSON.parse(line.toString());
    assert.equal(pids.length, 2);
    assert.ok((await Promise.all(pids.map(isAlive))).every((alive) => alive));
    program.kill(signal);
    assert.ok(await allEnd(pids), `still running: ${pids}`);
  });
}
