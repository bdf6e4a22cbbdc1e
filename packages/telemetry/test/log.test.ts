import assert from 'node:assert/strict';
import test from 'node:test';
import { createTelemetry, type LogLevel, type Telemetry } from '@partyline/telemetry';

function logging(level: LogLevel): { telemetry: Telemetry; lines: string[] } {
  const lines: string[] = [];
  const telemetry = createTelemetry({ level, node_id: 'n1', destination: { write: (line) => void lines.push(line) } });
  return { telemetry, lines };
}

const canary = 'canary-4711';
const signed = `eyJhbGciOiJIUzI1NiJ9.eyJ${canary}.c2lnbmF0dXJl`;

const secrets: readonly [what: string, fields: object][] = [
  ['a token', { token: canary }],
  ['a token deep inside', { a: { b: { c: { d: [{ host_token: canary }] } } } }],
  ['a header', { request: { headers: { authorization: `Bearer ${canary}`, cookie: canary } } }],
  ['a header under another case', { headers: { Authorization: canary, 'Sec-WebSocket-Protocol': canary } }],
  ['a header in a Map', { headers: new Map([['sec-websocket-protocol', `partyline.v1, token.${canary}`]]) }],
  ['a passcode', { settings: { passcode: canary } }],
  ['the signing keys', { config: { token_keys: [canary] } }],
  ['a token in an error', { err: new Error(`refused ${signed}`) }],
  ['a token in the cause of an error', { err: new Error('no', { cause: new Error(`Bearer ${canary}`) }) }],
  ['a field of an error', { err: Object.assign(new Error('no'), { parameters: [canary] }) }],
  ['a password in an address', { url: `postgres://partyline:${canary}@db:5432/partyline` }],
  ['a host key', { text: `key plhk_${canary} is unknown` }],
  ['bytes', { body: Buffer.from(canary) }],
];

for (const [what, fields] of secrets) {
  test(`the log does not tell ${what}`, (t) => {
    const { telemetry, lines } = logging('debug');
    t.after(() => telemetry.stop());
    telemetry.log.info(fields, 'something happened');
    assert.equal(lines.length, 1);
    assert.ok(!lines[0]?.includes(canary), lines[0]);
    assert.match(lines[0] ?? '', /redacted|bytes|"err"/);
  });
}

test('a line is JSON with level, time, node and message, and the fields given', (t) => {
  const { telemetry, lines } = logging('info');
  t.after(() => telemetry.stop());
  telemetry.log.warn({ party_id: 'p', user_id: 'u', seq: 3, at: new Date(0) }, 'late');
  const { time, ...line } = JSON.parse(lines[0] ?? '');
  const at = '1970-01-01T00:00:00.000Z';
  assert.deepEqual(line, { level: 'warn', node_id: 'n1', party_id: 'p', user_id: 'u', seq: 3, at, msg: 'late' });
  assert.match(time, /^\d{4}-\d\d-\d\dT/);
});

test('an error keeps what helps: its type, code, stack and cause', (t) => {
  const { telemetry, lines } = logging('info');
  t.after(() => telemetry.stop());
  const cause = new TypeError('below');
  telemetry.log.error({ err: Object.assign(new Error('above', { cause }), { code: 'E_ABOVE' }) }, 'failed');
  const { err } = JSON.parse(lines[0] ?? '');
  assert.equal(err.code, 'E_ABOVE');
  assert.match(err.stack, /log\.test\.ts/);
  assert.deepEqual([err.cause.type, err.cause.message], ['TypeError', 'below']);
});

test('a line break that somebody typed stays inside its line', (t) => {
  const { telemetry, lines } = logging('info');
  t.after(() => telemetry.stop());
  telemetry.log.info({ text: 'x\n{"level":"fatal"}' }, 'typed');
  assert.equal(lines.join('').trimEnd().split('\n').length, 1);
});

test('the level can be changed while it runs, and only to one there is', (t) => {
  const { telemetry, lines } = logging('warn');
  t.after(() => telemetry.stop());
  telemetry.log.info({}, 'not this');
  telemetry.setLevel('debug');
  telemetry.log.debug({}, 'this');
  assert.equal(telemetry.level(), 'debug');
  assert.throws(() => telemetry.setLevel('loud'), RangeError);
  assert.equal(telemetry.level(), 'debug');
  assert.equal(lines.length, 1);
});

test('warnings and errors are counted, lines below are not', async (t) => {
  const { telemetry } = logging('info');
  t.after(() => telemetry.stop());
  telemetry.log.info({}, 'a');
  telemetry.log.warn({}, 'b');
  telemetry.log.error({}, 'c');
  const text = await telemetry.metricsText();
  assert.match(text, /^partyline_log_lines_total\{level="warn"\} 1$/m);
  assert.match(text, /^partyline_log_lines_total\{level="error"\} 1$/m);
});

test('what goes round in circles ends', (t) => {
  const { telemetry, lines } = logging('info');
  t.after(() => telemetry.stop());
  const round: { self?: object } = {};
  round.self = round;
  telemetry.log.info({ round }, 'round');
  assert.equal(lines.length, 1);
});
