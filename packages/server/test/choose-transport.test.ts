import assert from 'node:assert/strict';
import test from 'node:test';
import { NativeFileError } from '@partyline/gateway';
import { chooseTransport } from '../src/choose-transport.ts';

const failing = (code: NativeFileError['code']) => () => Promise.reject(new NativeFileError(code, 'as the test asked'));
const quiet = { log: { warn: () => undefined } };

test('without a file for this machine a node speaks through ws, unless uws was asked for by name', async () => {
  const said: string[] = [];
  const log = { warn: (_fields: object, message: string) => void said.push(message) };
  const verify = failing('native_unknown_platform');
  assert.equal((await chooseTransport('auto', { log, verify })).name, 'ws');
  assert.match(said[0] ?? '', /through ws/);
  await assert.rejects(chooseTransport('uws', { ...quiet, verify }), { code: 'native_unknown_platform' });
});

test('a native file that is not the known one ends the node', async () => {
  await assert.rejects(chooseTransport('auto', { ...quiet, verify: failing('native_mismatch') }), {
    code: 'native_mismatch',
  });
});

test('with a good file it is uws, and ws where that was asked for', async () => {
  const verify = () => Promise.resolve();
  assert.equal((await chooseTransport('auto', { ...quiet, verify })).name, 'uws');
  assert.equal((await chooseTransport('ws', { ...quiet, verify: failing('native_mismatch') })).name, 'ws');
});
