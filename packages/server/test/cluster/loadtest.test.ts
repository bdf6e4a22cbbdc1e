/** The load tools themselves: k6's smoke script against a cluster of its own, and the bench in its smallest form. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@partyline/provision';

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
  const chart = await readFile(join(results, 'smoke.svg'), 'utf8');
  for (const said of ['✓ players_finished rate==1', '>answer_ack, ms<', '>question_delivery, ms<', '<circle ']) {
    assert.ok(chart.includes(said), `${said} is in the chart`);
  }
  assert.doesNotMatch(chart, /✗/, 'what held at the end is not told as it was half-way');
});

test('what is wrong with an address is said before k6 is asked for', async (t) => {
  const port = await freePort();
  const tries = [
    [{ URL: 'localhost:8080' }, /URL is "localhost:8080": it must be like http:\/\/host:port/],
    [{ URL: `http://127.0.0.1:${port}` }, /Nothing answers at http:\/\/127.0.0.1:\d+: connect ECONNREFUSED/],
  ] as const;
  for (const [env, problem] of tries) {
    const { code, text } = await run(t, 'run.ts', { SCRIPT: 'smoke', ...env });
    assert.equal(code, 2);
    assert.match(text, problem);
  }
});

test('where people are let in and then see nothing, the thresholds do not hold', async (t) => {
  const token = { party_id: 'p1', token: 't'.repeat(20), user_id: 'u1' };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url?.endsWith('/init') ? 201 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token));
  });
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, text, results } = await run(t, 'run.ts', { SCRIPT: 'join-stampede', PLAYERS: '4', SECONDS: '1', URL });
  if (code === 69) return t.skip(text.trim());
  assert.equal(code, 99, text);
  assert.match(text, /✗ 'count>=4' count=0/);
  assert.match(await readFile(join(results, 'join-stampede.svg'), 'utf8'), /✗ states_seen count&gt;=4/);
});

test('a k6 without k6/websockets is left alone', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-k6-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const find = `import(${JSON.stringify(join(loadtest, 'find-k6.ts'))}).then(({ findK6 }) => findK6(console.log, '${dir}')).then(console.log)`;
  const found = async (version: string): Promise<string> => {
    await writeFile(join(dir, 'k6'), `#!/bin/sh\necho "k6 ${version} (go1.26.8, linux/amd64)"\n`, { mode: 0o755 });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--eval', find],
      { env: { PATH: `${dir}:/usr/bin:/bin` } },
    );
    return stdout.trim();
  };
  assert.equal(await found('v1.6.0'), 'k6');
  assert.equal(await found('v2.0.0'), 'k6');
  assert.match(await found('v0.54.0'), new RegExp(`version 0\\.54; 1\\.6 or later.*\n${dir}/k6$`));
});

test('two that need k6 at once build it once, and one that died over it holds up nobody', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-k6-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const go = `#!/bin/sh
[ "$1" = install ] || exit 0
echo built >> "${dir}/builds"; sleep 1; mkdir -p "$GOBIN"; echo k6 > "$GOBIN/k6"
`;
  await writeFile(join(dir, 'go'), go, { mode: 0o755 });
  const tools = join(dir, 'tools');
  await mkdir(tools);
  const dead = spawn('true');
  await once(dead, 'exit');
  await writeFile(join(tools, 'holder.pid'), `${dead.pid} 12345`);
  const find = `import(${JSON.stringify(join(loadtest, 'find-k6.ts'))}).then(({ findK6 }) => findK6(console.log, '${tools}'))`;
  const found = await Promise.all(
    [find, find].map((script) =>
      promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', '--eval', script], {
        env: { PATH: `${dir}:/usr/bin:/bin` },
      }),
    ),
  );
  assert.equal(await readFile(join(tools, 'k6'), 'utf8'), 'k6\n');
  assert.equal(await readFile(join(dir, 'builds'), 'utf8'), 'built\n', found.map(({ stdout }) => stdout).join());
  assert.deepEqual(await readdir(tools), ['k6']);
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
