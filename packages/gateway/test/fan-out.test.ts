import assert from 'node:assert/strict';
import test from 'node:test';
import { fanOut } from '../src/fan-out.ts';
import { sampleSession } from './sample-session.ts';
import { passingTime } from './virtual-time.ts';

test('other work has a turn after every 500 sockets, and who left meanwhile is sent nothing', async () => {
  const sessions = Array.from({ length: 1_250 }, () => sampleSession());
  const served = (): number => sessions.filter(({ texts }) => texts.length > 0).length;
  const time = passingTime();
  const sending = fanOut(sessions, () => '{}', time);
  assert.equal(served(), 500);
  for (const session of sessions.slice(-10)) session.state = 'gone';
  await time.pass(1);
  assert.equal(await sending, 1_240);
  assert.equal(served(), 1_240);
});
