import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { ArchiveUnavailable } from '@partyline/core';
import { asFault, DatabaseFault } from '../src/fault.ts';

const server = (code: string): Error =>
  Object.assign(new Error('what Postgres says'), {
    code,
    severity: 'ERROR',
    detail: 'Key (user_id)=(Canary) already exists.',
    where: 'unnamed portal parameter $1 = Canary',
    params: ['Canary'],
    query: { text: 'SELECT $1', values: ['Canary'] },
  });

const system = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

const passing: [what: string, error: Error][] = [
  ['connection refused', system('ECONNREFUSED', 'connect')],
  ['connection reset', system('ECONNRESET', 'read')],
  ['broken pipe', system('EPIPE', 'write')],
  ['host not found', system('ENOTFOUND', 'getaddrinfo')],
  ['all addresses dead', new AggregateError([system('ECONNREFUSED', 'connect')])],
  ['connection ended', new Error('Connection terminated unexpectedly')],
  ['connection timed out', new Error('Connection terminated due to connection timeout')],
  ['pool exhausted', new Error('timeout exceeded when trying to connect')],
  ['no answer in time', new Error('Query read timeout')],
  ['dead client', new Error('Client has encountered a connection error and is not queryable')],
  ['closed pool', new Error('Cannot use a pool after calling end on the pool')],
  ['shutdown', server('57P01')],
  ['crash', server('57P02')],
  ['starting up', server('57P03')],
  ['statement timeout', server('57014')],
  ['lock timeout', server('55P03')],
  ['deadlock', server('40P01')],
  ['serialisation', server('40001')],
  ['too many connections', server('53300')],
  ['disk full', server('53100')],
  ['a replica', server('25006')],
];

for (const [what, error] of passing) {
  test(`${what}: try again later`, () => assert.ok(asFault(error, 'archive/x') instanceof ArchiveUnavailable));
}

const lasting: [what: string, code: string][] = [
  ['unique violation', '23505'],
  ['bad value', '22P02'],
  ['no such table', '42P01'],
  ['wrong password', '28P01'],
  ['no such database', '3D000'],
];

for (const [what, code] of lasting) {
  test(`${what}: a fault with its code`, () => {
    const fault = asFault(server(code), 'archive/x');
    assert.ok(fault instanceof DatabaseFault);
    assert.equal(fault.code, code);
    assert.match(fault.message, /archive\/x: what Postgres says/);
  });
}

test('no error carries what people typed', () => {
  for (const code of ['23505', '57014']) {
    const fault = asFault(server(code), 'archive/x');
    assert.doesNotMatch(`${inspect(fault, { depth: 9, showHidden: true })} ${JSON.stringify(fault)}`, /Canary/);
  }
});

test("errors that are not the database's pass as they are", () => {
  const bug = new TypeError('x is not a function');
  assert.equal(asFault(bug, 'archive/x'), bug);
  const unavailable = new ArchiveUnavailable('no');
  assert.equal(asFault(unavailable, 'archive/x'), unavailable);
});

test('an address without the password that Postgres asks for is said to be that', () => {
  const fault = asFault(new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), 'connecting');
  assert.ok(fault instanceof DatabaseFault);
  assert.equal(fault.message, 'connecting: Postgres asks for a password, and its address has none');
});
