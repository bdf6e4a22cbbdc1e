import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { holdFolder } from '@partyline/provision';

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-sole-'));
  t.after(() => rm(dir, { recursive: true }));
  return join(dir, 'not made yet');
}

const heldHere = new RegExp(`^FolderHeld: Another Partyline is starting or stopping on .*: process ${process.pid}\\.`);

test('a folder has one holder at a time, and is free again once that lets go', async (t) => {
  const dir = await folder(t);
  const release = await holdFolder(dir);
  await assert.rejects(holdFolder(dir), heldHere);
  await release();
  await (await holdFolder(dir))();
  assert.deepEqual(await readdir(dir), []);
});

const abandoned: [what: string, content: string][] = [
  ['of a process that is gone', `${2 ** 22 + 1} 12345`],
  ['whose number belongs to somebody else by now', `${process.pid} Thu Jan 1 00:00:00 1970`],
  ['that was never written to', ''],
  ['of something else', 'hello'],
];

for (const [what, content] of abandoned) {
  test(`of many that find a file ${what}, one gets the folder`, async (t) => {
    const dir = await folder(t);
    const release = await holdFolder(dir);
    await release();
    await writeFile(join(dir, 'holder.pid'), content);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdFolder(dir)));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const each of tries) if (each.status === 'rejected') assert.match(String(each.reason), heldHere);
    assert.deepEqual(await readdir(dir), ['holder.pid']);
  });
}

test('a turn that was taken by a process that was killed is over after a while', async (t) => {
  const dir = await folder(t);
  await (await holdFolder(dir))();
  const [file, turn] = [join(dir, 'holder.pid'), join(dir, 'holder.pid.turn')];
  await writeFile(file, `${2 ** 22 + 1} 12345`);
  await mkdir(turn);
  const longAgo = Date.now() / 1_000 - 60;
  await utimes(turn, longAgo, longAgo);
  await holdFolder(dir);
  assert.deepEqual(await readdir(dir), ['holder.pid']);
});
