import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { keptBundle } from '../src/kept-bundle.ts';

async function aBuild(t: TestContext) {
  const sourceFolder = await mkdtemp(join(tmpdir(), 'partyline-pages-'));
  t.after(() => rm(sourceFolder, { recursive: true }));
  await writeFile(join(sourceFolder, 'a.tsx'), 'one');
  let builds = 0;
  const file = join(sourceFolder, 'dist', 'pages.json');
  const start = async (at = file): Promise<string[]> => {
    const bundle = async () => {
      builds += 1;
      const body = Buffer.from([0, 255, builds]);
      return {
        files: [{ name: 'a.js', path: '/assets/a.js', contentType: 'text/javascript', body }],
        inputs: ['a.tsx'],
      };
    };
    return (await keptBundle({ file: at, sourceFolder, bundle })).map(({ name, body }) => `${name} ${[...body]}`);
  };
  return { start, builds: () => builds, source: join(sourceFolder, 'a.tsx'), file };
}

test('a second start takes what the first has built', async (t) => {
  const { start, builds } = await aBuild(t);
  assert.deepEqual(await start(), ['a.js 0,255,1']);
  assert.deepEqual(await start(), ['a.js 0,255,1']);
  assert.equal(builds(), 1);
});

test('a changed source, or one that is gone, is built anew', async (t) => {
  const { start, builds, source } = await aBuild(t);
  await start();
  await writeFile(source, 'two');
  assert.deepEqual(await start(), ['a.js 0,255,2']);
  await rm(source);
  await start();
  assert.equal(builds(), 3);
});

test('what is kept and makes no sense is not believed', async (t) => {
  const { start, builds, file } = await aBuild(t);
  await start();
  for (const nonsense of ['', '{', 'null', '[]', '{"files":[]}', '{"files":[],"inputs":["a.tsx"],"fingerprint":"0"}']) {
    await writeFile(file, nonsense);
    assert.equal((await start()).length, 1, nonsense);
  }
  assert.equal(builds(), 7);
});

test('where nothing can be kept, each start builds', async (t) => {
  const { start, builds, source } = await aBuild(t);
  await start(join(source, 'not a folder', 'pages.json'));
  await start(join(source, 'not a folder', 'pages.json'));
  assert.equal(builds(), 2);
});

test('what is kept names no place of this machine', async () => {
  const { createAssets } = await import('../src/index.ts');
  await createAssets();
  const kept = await readFile(new URL('../dist/pages.json', import.meta.url), 'utf8');
  assert.ok(!kept.includes(process.cwd()));
  for (const input of (JSON.parse(kept) as { inputs: string[] }).inputs) assert.ok(!input.startsWith('/'), input);
});
