import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  closeCodes,
  meansReconnect,
  type ProblemCode,
  problem,
  problems,
  problemsOf,
  type Route,
  routes,
  serverMessages,
  serverMessageTypes,
  unroutedProblems,
  wsErrors,
} from '../src/index.ts';

test('every problem has a status of its kind and a title of its own', () => {
  const entries = Object.entries(problems);
  assert.equal(new Set(entries.map(([, { title }]) => title)).size, entries.length);
  for (const [code, { status, title }] of entries) {
    assert.match(code, /^[a-z_]+$/);
    assert.ok(status >= 400 && status < 600 && Number.isInteger(status), code);
    assert.ok(title.length > 10 && !title.endsWith('.'), code);
  }
});

test('the codes of the contract have the statuses of the contract', () => {
  const contract: Partial<Record<ProblemCode, number>> = {
    invalid_body: 400,
    already_joined: 400,
    unauthorized: 401,
    forbidden: 403,
    party_locked: 403,
    party_full: 403,
    banned: 403,
    wrong_passcode: 403,
    second_step_required: 403,
    not_found: 404,
    category_not_found: 404,
    party_not_found: 404,
    quiz_not_found: 404,
    room_not_found: 404,
    results_not_found: 404,
    method_not_allowed: 405,
    results_not_ready: 409,
    body_too_large: 413,
    unsupported_media_type: 415,
    not_enough_questions: 422,
    nickname_refused: 422,
    quiz_invalid: 422,
    rate_limited: 429,
    internal: 500,
    store_unavailable: 503,
    not_ready: 503,
  };
  for (const [code, status] of Object.entries(contract))
    assert.equal(problems[code as ProblemCode].status, status, code);
});

test('every problem can be met somewhere', () => {
  const met = new Set<string>([...unroutedProblems, ...Object.values<Route>(routes).flatMap(problemsOf)]);
  assert.deepEqual(
    Object.keys(problems).filter((code) => !met.has(code)),
    [],
  );
});

test('a problem is RFC 9457 with a stable code and its extra members', () => {
  const refused = problem('not_enough_questions', 'History has 4 questions', { available: 4 });
  assert.equal(refused.status, 422);
  assert.equal(refused.headers['content-type'], 'application/problem+json');
  assert.deepEqual(JSON.parse(refused.body), {
    type: 'urn:partyline:problem:not_enough_questions',
    title: problems.not_enough_questions.title,
    status: 422,
    code: 'not_enough_questions',
    detail: 'History has 4 questions',
    available: 4,
  });
  assert.deepEqual(JSON.parse(refused.body), refused.document);
});

test('a problem brings the headers its status asks for', () => {
  assert.equal(problem('unauthorized').headers['www-authenticate'], 'Bearer');
  assert.equal(problem('method_not_allowed', undefined, { allow: ['GET', 'PUT'] }).headers.allow, 'GET, PUT');
  assert.equal(problem('rate_limited', undefined, { retry_after_seconds: 2 }).headers['retry-after'], '2');
  assert.ok(!('allow' in problem('method_not_allowed', undefined, { allow: ['GET'] }).document));
});

test('every refusal on a socket is documented, and only two are worth sending again', () => {
  assert.deepEqual(Object.keys(wsErrors), [
    'late',
    'duplicate',
    'wrong_round',
    'not_allowed',
    'invalid',
    'rate_limited',
    'retry',
  ]);
  const retried = Object.entries(wsErrors).flatMap(([code, { retry }]) => (retry ? [code] : []));
  assert.deepEqual(retried, ['rate_limited', 'retry']);
  assert.equal(new Set(Object.values(wsErrors).map(({ meaning }) => meaning)).size, Object.keys(wsErrors).length);
});

test('every close code is unique, documented and in the range of what it means', () => {
  const entries = Object.entries(closeCodes);
  assert.equal(new Set(entries.map(([, { code }]) => code)).size, entries.length);
  assert.equal(new Set(entries.map(([, { meaning }]) => meaning)).size, entries.length);
  for (const [name, { code }] of entries) {
    assert.ok(code >= 4000 && code <= 4199, name);
    assert.equal(meansReconnect(code), code >= 4100, name);
    assert.ok(Buffer.byteLength(name) <= 123, 'a close reason has at most 123 bytes');
  }
});

test('a client comes back unless it was told not to', () => {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4100, 4199, 4999])
    assert.equal(meansReconnect(code), true, String(code));
  for (const code of [1008, 4000, 4050, 4099]) assert.equal(meansReconnect(code), false, String(code));
});

test('every server message is in both lists', () => {
  assert.deepEqual(Object.keys(serverMessages).sort(), [...serverMessageTypes].sort());
});
