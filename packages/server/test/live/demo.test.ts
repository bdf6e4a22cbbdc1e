import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { freePort } from '@partyline/provision';
import { dataFolder, supervisor, survivors } from './supervisor.ts';

/** Where a demo finds nothing running, and puts the folder of its own Partyline where the test can look. */
async function bare(t: TestContext): Promise<{ environment: Record<string, string>; folders: () => string[] }> {
  const DATA_DIR = await dataFolder(t);
  const TMPDIR = dirname(DATA_DIR);
  const folders = () => readdirSync(TMPDIR).filter((name) => name.startsWith('partyline-'));
  return { environment: { DATA_DIR, TMPDIR, NODES: '1', ROUNDS: '2', SECONDS: '5' }, folders };
}

const moments = [
  ['while it prepares', 'SIGINT', 130, 'demo', '  Redis'],
  ['in the middle of the game', 'SIGINT', 130, 'demo', 'The answer:'],
  ['before the first question', 'SIGTERM', 143, 'demo-room', 'Room '],
] as const;

for (const [when, signal, code, command, sign] of moments) {
  test(`${signal} ${when} takes down the own Partyline of ${command}, and its folder`, async (t) => {
    const { environment, folders } = await bare(t);
    const demo = supervisor(t, environment, command);
    await demo.says(sign);
    const below = await demo.descendants();
    assert.ok(below.length > 0 && folders().length > 0, 'there is something to take down');
    demo.child.kill(signal);
    assert.equal(await demo.ended, code);
    assert.deepEqual(await survivors(below, 2_000), []);
    assert.deepEqual(folders(), []);
    assert.doesNotMatch(demo.text(), /The demo stopped|The podium|\n\s+at /);
  });
}

test('a second Ctrl-C ends the demo at once, and its folder still goes', async (t) => {
  const { environment, folders } = await bare(t);
  const demo = supervisor(t, environment, 'demo');
  await demo.says('Round 1');
  const below = await demo.descendants();
  demo.child.kill('SIGINT');
  await demo.says('Taking down');
  demo.child.kill('SIGINT');
  assert.equal(await demo.ended, 130);
  assert.deepEqual(await survivors(below, 8_000), []);
  assert.deepEqual(folders(), []);
});

test('the demo plays to its end on a Partyline of its own, past what a killed one has left', async (t) => {
  const { environment, folders } = await bare(t);
  const { DATA_DIR = '' } = environment;
  await mkdir(DATA_DIR, { recursive: true });
  const gone = `http://127.0.0.1:${await freePort()}`;
  const left = { pid: process.pid, url: gone, admin_urls: [gone], node_pids: [], host_key: 'a-host-key' };
  await writeFile(join(DATA_DIR, 'running.json'), JSON.stringify({ ...left, redis_url: '', database_url: '' }));
  const demo = supervisor(t, environment, 'demo');
  assert.equal(await demo.ended, 0, demo.text());
  assert.match(demo.text(), /Nothing is up here[\s\S]*The podium/);
  assert.deepEqual(folders(), []);
});

for (const command of ['demo', 'demo-room'] as const) {
  test(`${command} with settings that are wrong names them, and starts nothing`, async (t) => {
    const { environment, folders } = await bare(t);
    const demo = supervisor(t, { ...environment, PORT: 'abc' }, command);
    assert.equal(await demo.ended, 78);
    assert.match(
      demo.text(),
      /^Partyline cannot start with these settings:\n {2}- PORT is "abc": it must be [^\n]*\n$/,
    );
    assert.deepEqual(folders(), []);
    assert.ok(!existsSync(environment.DATA_DIR ?? ''));
  });
}

test('a demo that cannot have so many rounds says so before it starts anything', async (t) => {
  const { environment, folders } = await bare(t);
  const demo = supervisor(t, { ...environment, ROUNDS: '0' }, 'demo');
  assert.equal(await demo.ended, 78);
  assert.match(demo.text(), /ROUNDS is "0": it must be a whole number from 1 to 100\./);
  assert.deepEqual(folders(), []);
});
