/** The load tools themselves: k6's smoke script against a cluster of its own, and the bench in its smallest form. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const loadtest = fileURLToPath(new URL('../../../../loadtest', import.meta.url));

async function run(
  t: TestContext,
  file: string,
  env: Record<string, string>,
): Promise<{ code: number | null; text: string; results: string }> {
  const results = await mkdtemp(join(tmpdir(), 'partyline-loadtest-'));
  t.after(() => rm(results, { recursive: true, force: true }));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(loadtest, file)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RESULTS: results, ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { code, text, results };
}

test('k6 plays a whole party and holds its thresholds', async (t) => {
  const { code, text, results } = await run(t, 'run.ts', { SCRIPT: 'smoke' });
  if (code === 69) return t.skip(text.trim()); // neither k6 nor a Go to build it with
  assert.equal(code, 0, text);
  assert.match(text, /answers_acknowledged[^✗]*✓ 'rate==1'/);
  assert.ok((await stat(join(results, 'smoke.html'))).size > 10_000, 'the report is a page');
});

test('the load tester names its scripts where it is not told one it has', async (t) => {
  const { code, text } = await run(t, 'run.ts', { SCRIPT: 'nothing' });
  assert.equal(code, 2);
  assert.match(text, /usage: make loadtest SCRIPT=<one of answer-burst, .*smoke>/);
});

test('the bench fills its table, judges its targets and leaves a chart', async (t) => {
  const { code, text, results } = await run(t, 'bench/bench.ts', { QUICK: 'smallest' });
  assert.equal(code, 0, text);
  assert.match(text, /CPU per player-round vs Socket\.IO/);
  const saved = JSON.parse(await readFile(join(results, 'bench-smallest.json'), 'utf8'));
  assert.deepEqual(saved.problems, []);
  const systems = saved.rounds.map(
    ({ system, players }: { system: string; players: number }) => `${system} ${players}`,
  );
  assert.deepEqual(systems, ['partyline 40', 'socket.io 40']);
  for (const { what, value } of saved.targets) {
    // Forty answers at once are over before their CPU can be read.
    if (what !== 'Redis CPU per answer under burst') assert.ok(Number.isFinite(value), `${what} was not measured`);
  }
  for (const round of saved.rounds) assert.equal(round.acked, round.sent, 'every answer is acknowledged');
  assert.match(await readFile(join(results, 'bench-smallest.svg'), 'utf8'), /^<svg /);
});
