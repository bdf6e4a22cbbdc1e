import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRoomRequest,
  ImportQuery,
  InitPartyRequest,
  JoinPartyRequest,
  JoinRoomRequest,
  parseBody,
  parseQuery,
  QuizBody,
  SettingsPatch,
} from '../src/index.ts';

type Schema = Parameters<typeof parseBody>[0];
const parsed = (schema: Schema, value: unknown) => parseBody(schema, new TextEncoder().encode(JSON.stringify(value)));
const errorsOf = (schema: Schema, value: unknown) => {
  const result = parsed(schema, value);
  return result.ok ? [] : (result.problem.document.errors ?? []);
};
const init = { player_id: 'ana', category: 'History', rounds: 3 };

test('a quick party needs a player, a category and 1 to 100 rounds', () => {
  assert.ok(parsed(InitPartyRequest, init).ok);
  for (const missing of ['player_id', 'category', 'rounds']) {
    assert.deepEqual(errorsOf(InitPartyRequest, { ...init, [missing]: undefined }), [
      { path: `/${missing}`, message: 'is missing' },
    ]);
  }
  for (const rounds of [0, 101, 2.5, '3']) assert.equal(parsed(InitPartyRequest, { ...init, rounds }).ok, false);
  for (const timeout of [5, 300]) assert.ok(parsed(InitPartyRequest, { ...init, timeout }).ok);
  for (const timeout of [4, 301]) assert.equal(parsed(InitPartyRequest, { ...init, timeout }).ok, false);
});

test('unknown fields are refused by name', () => {
  assert.deepEqual(errorsOf(InitPartyRequest, { ...init, 'ti/me~out': 5 }), [
    { path: '/ti~1me~0out', message: 'is not a field that is known here' },
  ]);
});

test('ids have 1 to 64 characters, no control characters and no lone surrogates', () => {
  for (const user_id of ['a', '名前', '🎲', 'x'.repeat(64), 'a b'])
    assert.ok(parsed(JoinPartyRequest, { user_id }).ok, user_id);
  for (const user_id of ['', 'x'.repeat(65), 'a\u0000', 'a\nb', 'a\u0085', '\ud83c', 'a\u2028b', 7, null]) {
    assert.equal(parsed(JoinPartyRequest, { user_id }).ok, false, JSON.stringify(user_id));
  }
});

test('every fault of a body is listed, in words', () => {
  const settings = { pacing: 'x', passcode: 5, roster: [{}], teams: {}, reveal_seconds: 31 };
  assert.deepEqual(errorsOf(SettingsPatch, settings), [
    { path: '/pacing', message: 'must be one of host, auto' },
    { path: '/roster/0', message: 'needs at least one of name, ref' },
    { path: '/teams/mode', message: 'is missing' },
    { path: '/teams/names', message: 'is missing' },
    { path: '/reveal_seconds', message: 'must be <= 30' },
    { path: '/passcode', message: 'must be string or null' },
  ]);
});

test('a fault in the only nullable setting is still a fault', () => {
  assert.deepEqual(errorsOf(SettingsPatch, { teams: { mode: 'auto' } }), [
    { path: '/teams/names', message: 'is missing' },
  ]);
  assert.deepEqual(errorsOf(SettingsPatch, { passcode: '' }), [
    { path: '/passcode', message: 'must NOT have fewer than 1 characters' },
  ]);
});

test('settings may be taken back with null where they have an off', () => {
  assert.ok(parsed(SettingsPatch, { passcode: null, roster: null, teams: null }).ok);
  assert.equal(parsed(SettingsPatch, { pacing: null }).ok, false);
});

test('a room is opened with exactly one of a stored and an inline quiz', () => {
  const quiz = {
    title: 'A vote',
    questions: [{ kind: 'poll', prompt: 'Tea?', choices: [{ text: 'Yes' }, { text: 'No' }] }],
  };
  assert.ok(parsed(CreateRoomRequest, { quiz }).ok);
  assert.ok(parsed(CreateRoomRequest, { quiz_id: 'q1', settings: { pacing: 'auto' } }).ok);
  for (const both of [{}, { quiz, quiz_id: 'q1' }]) {
    assert.deepEqual(errorsOf(CreateRoomRequest, both), [{ path: '', message: 'needs exactly one of quiz_id, quiz' }]);
  }
});

test('a question is judged by its own kind', () => {
  const quiz = (question: object) => ({ title: 'Quiz', questions: [{ prompt: 'Why?', ...question }] });
  const choices = [{ text: 'a', correct: true }, { text: 'b' }];
  const good = [
    { kind: 'single', choices },
    { kind: 'multiple', choices, points: 0, time_limit_seconds: 5 },
    { kind: 'poll', choices, media_url: 'https://media.example/a.png' },
    { kind: 'true_false', answer: false, explanation: 'Because\nso.' },
    { kind: 'text', accepted: [{ text: 'Paris', case_sensitive: true }] },
    { kind: 'number', answer: -1.5, tolerance: 0 },
    { kind: 'order', choices: [{ text: 'a' }, { text: 'b' }] },
    { kind: 'rating' },
    { kind: 'word_cloud', max_words: 3 },
  ];
  for (const question of good) assert.deepEqual(errorsOf(QuizBody, quiz(question)), [], question.kind);
  const at = (path: string) => `/questions/0/${path}`;
  const faulty: [object, string][] = [
    [{ kind: 'essay' }, 'kind'],
    [{ kind: 'single', choices: choices.slice(1) }, 'choices'],
    [{ kind: 'order', choices }, 'choices/0/correct'],
    [{ kind: 'number', answer: '5' }, 'answer'],
    [{ kind: 'number', answer: 5, tolerance: -1 }, 'tolerance'],
    [{ kind: 'true_false' }, 'answer'],
    [{ kind: 'rating', choices }, 'choices'],
    [{ kind: 'word_cloud', media_url: 'javascript:alert(1)' }, 'media_url'],
    [{ kind: 'word_cloud', points: 10_001 }, 'points'],
  ];
  for (const [question, path] of faulty) {
    assert.deepEqual(
      errorsOf(QuizBody, quiz(question)).map((error) => error.path),
      [at(path)],
    );
  }
});

test('a scored question without a right answer has the right form: that is 422, and not for the schema to say', () => {
  const questions = [{ kind: 'text', prompt: 'Who?', accepted: [] }];
  assert.ok(parsed(QuizBody, { title: 'Quiz', questions }).ok);
});

test('somebody may join a room with nothing but its code', () => {
  assert.ok(parsed(JoinRoomRequest, {}).ok);
  assert.ok(
    parsed(JoinRoomRequest, { nickname: 'Ana', passcode: 'x', second_step_code: '0042', team: 'Red', player_ref: 'r' })
      .ok,
  );
});

test('twenty signs in any script get past the form: the policy judges them', () => {
  for (const nickname of ['क्षि'.repeat(17), '👨‍👩‍👧‍👦'.repeat(20), '🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(20), 'x'.repeat(512)])
    assert.ok(parsed(JoinRoomRequest, { nickname }).ok, nickname);
  assert.ok(!parsed(JoinRoomRequest, { nickname: 'x'.repeat(513) }).ok);
});

test('a body that is empty, no UTF-8 or no JSON says so', () => {
  const detail = (bytes: Uint8Array) => {
    const result = parseBody(JoinRoomRequest, bytes);
    return result.ok ? null : result.problem.document.detail;
  };
  assert.equal(detail(new Uint8Array()), 'the body is empty');
  assert.equal(detail(Uint8Array.of(0x22, 0xff, 0x22)), 'the body is not JSON in UTF-8');
  assert.equal(detail(new TextEncoder().encode('{')), 'the body is not JSON in UTF-8');
});

test('a query is closed too, and a parameter given twice is refused', () => {
  const query = (text: string) => parseQuery(ImportQuery, new URLSearchParams(text));
  assert.deepEqual(query('format=csv&dry_run=true'), { ok: true, value: { format: 'csv', dry_run: 'true' } });
  for (const text of ['', 'format=doc', 'format=csv&x=1', 'format=csv&format=csv', 'format=csv&dry_run=maybe']) {
    const result = query(text);
    assert.equal(result.ok ? null : result.problem.document.code, 'invalid_query', text);
  }
});
