import assert from 'node:assert/strict';
import test from 'node:test';
import { StoreUnavailable } from '@partyline/core';
import { asStoreError, StoreFault } from '../src/errors.ts';
import { refusalIn } from '../src/status.ts';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test('what passes by itself is a store that is unavailable, with its cause', () => {
  const passing = [
    new Error('Connection is closed.'),
    new Error('Command timed out'),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    reply('LOADING Redis is loading the dataset in memory'),
    reply("READONLY You can't write against a read only replica. script: 1, on @user_script:3."),
    reply("OOM command not allowed when used memory > 'maxmemory'."),
    reply('ERR Error running script (call to f_1): @user_script:1: -OOM command not allowed'),
    reply('MISCONF Errors writing to the AOF file: No space left on device'),
  ];
  for (const cause of passing) {
    const error = asStoreError(cause);
    assert.ok(error instanceof StoreUnavailable, cause.message);
    assert.equal(error.cause, cause);
    assert.equal(asStoreError(error), error);
  }
});

test('what Redis refuses for good is a fault', () => {
  for (const message of [
    'WRONGTYPE Operation against a key',
    'ERR unknown command',
    'NOPERM this user has no permissions',
  ]) {
    const error = asStoreError(reply(message));
    assert.ok(error instanceof StoreFault && error.code === 'store_fault', message);
  }
});

test('negative codes are refusals with a name, and an unknown one is a fault', () => {
  assert.equal(refusalIn(1), null);
  assert.equal(refusalIn([0, '{}', 1]), null);
  assert.equal(refusalIn(['-1']), null);
  assert.equal(refusalIn(-2), 'fenced');
  assert.equal(refusalIn([-8]), 'nickname_taken');
  assert.throws(() => refusalIn(-99), StoreFault);
});
