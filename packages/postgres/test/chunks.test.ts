import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeChunks } from '../src/chunks.ts';

const rows = Array.from({ length: 12_345 }, (_, n) => n);

test('every row is written once, in order, one chunk at a time, and the next is made into text meanwhile', async () => {
  const log: string[] = [];
  const written: number[] = [];
  let writing = 0;
  await writeChunks(
    rows,
    (some) => {
      log.push(`text while ${writing} are written`);
      return some;
    },
    async (some) => {
      writing += 1;
      assert.equal(writing, 1);
      await sleep(20);
      written.push(...some);
      writing -= 1;
    },
  );
  assert.deepEqual(written, rows);
  assert.deepEqual(log, ['text while 0 are written', 'text while 1 are written', 'text while 1 are written']);
});

test('a chunk that is refused ends it, and nothing is written after it', async () => {
  let writes = 0;
  const refused = async () => {
    writes += 1;
    await sleep(1);
    throw new Error('refused');
  };
  await assert.rejects(writeChunks(rows, String, refused), /refused/);
  assert.equal(writes, 1);
  await writeChunks([], String, () => assert.fail('nothing to write'));
});
