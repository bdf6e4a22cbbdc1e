import assert from 'node:assert/strict';
import test from 'node:test';
import { problem } from '@partyline/protocol';
import { createApi } from '../src/api.ts';
import { ApiError } from '../src/api-error.ts';
import type { Fetch } from '../src/http-call.ts';

interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Blob;
}

type Answer = (() => Response) | 'lost';

/** Answers calls from a list, the last one over and over. */
function setUp(answers: Answer[] = [() => Response.json({})]) {
  const asked: Asked[] = [];
  const slept: number[] = [];
  const fetch: Fetch = async (url, init) => {
    asked.push({ url, ...init });
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? 'lost';
    if (answer === 'lost') throw new TypeError('network');
    return answer();
  };
  let keys = 0;
  const api = createApi({
    baseUrl: 'https://quiz.example/',
    fetch,
    random: () => 0.5,
    sleep: async (ms) => void slept.push(ms),
    newIdempotencyKey() {
      keys += 1;
      return `key-${keys}`;
    },
  });
  return { api, asked, slept };
}

const refusal =
  (code: Parameters<typeof problem>[0], extra = {}) =>
  () => {
    const { status, headers, body } = problem(code, 'for people', extra);
    return new Response(body, { status, headers });
  };

const { api, asked } = setUp();
const calls: [call: () => Promise<unknown>, method: string, path: string, body?: object][] = [
  [
    () => api.initParty({ player_id: 'p', category: 'c', rounds: 3 }),
    'POST',
    '/api/party/init',
    { player_id: 'p', category: 'c', rounds: 3 },
  ],
  [() => api.joinParty('p/1', { user_id: 'u' }), 'POST', '/api/party/p%2F1/join', { user_id: 'u' }],
  [() => api.questionData('p1'), 'GET', '/api/party/p1/question_data'],
  [() => api.categories(), 'GET', '/api/categories'],
  [() => api.createRoom({ quiz_id: 'q' }), 'POST', '/api/rooms', { quiz_id: 'q' }],
  [() => api.rooms(), 'GET', '/api/rooms'],
  [() => api.finishedRooms(), 'GET', '/api/rooms?phase=finished'],
  [() => api.takeRoom('123'), 'POST', '/api/rooms/123/host'],
  [() => api.room('123'), 'GET', '/api/rooms/123'],
  [() => api.joinRoom('123', { nickname: 'n' }), 'POST', '/api/rooms/123/join', { nickname: 'n' }],
  [() => api.joinRoom('123'), 'POST', '/api/rooms/123/join', {}],
  [() => api.leaderboard('p1'), 'GET', '/api/party/p1/leaderboard'],
  [() => api.stats('p1'), 'GET', '/api/party/p1/stats'],
  [() => api.results('p1'), 'GET', '/api/party/p1/results'],
  [
    () => api.resultsFile('p1', { format: 'csv', table: 'answers' }),
    'GET',
    '/api/party/p1/results?format=csv&table=answers',
  ],
  [() => api.resultsFile('p1', { format: 'xlsx' }), 'GET', '/api/party/p1/results?format=xlsx'],
  [() => api.eraseResults('p1'), 'DELETE', '/api/party/p1/results'],
  [() => api.eraseResults('p1', { user_id: 'u' }), 'DELETE', '/api/party/p1/results?user_id=u'],
  [() => api.performance('u 1'), 'GET', '/api/players/u%201/performance'],
  [() => api.quizzes(), 'GET', '/api/quizzes'],
  [() => api.quiz('q1'), 'GET', '/api/quizzes/q1'],
  [() => api.createQuiz({ title: 't', questions: [] }), 'POST', '/api/quizzes', { title: 't', questions: [] }],
  [() => api.replaceQuiz('q1', { title: 't', questions: [] }), 'PUT', '/api/quizzes/q1', { title: 't', questions: [] }],
  [() => api.duplicateQuiz('q1'), 'POST', '/api/quizzes/q1/duplicate'],
  [() => api.deleteQuiz('q1'), 'DELETE', '/api/quizzes/q1'],
  [
    () => api.importQuiz(new Blob(['x']), { format: 'gift', dryRun: true }),
    'POST',
    '/api/quizzes/import?format=gift&dry_run=true',
  ],
  [() => api.exportQuiz('q1', 'csv'), 'GET', '/api/quizzes/q1/export?format=csv'],
];

for (const [call, method, path, body] of calls) {
  test(`${method} ${path}`, async () => {
    asked.length = 0;
    await call();
    const [sent] = asked;
    assert.equal(sent?.method, method);
    assert.equal(sent.url, `https://quiz.example${path}`);
    if (body !== undefined) {
      assert.deepEqual(JSON.parse(String(sent.body)), body);
      assert.equal(sent.headers['content-type'], 'application/json');
    }
  });
}

test('a token goes into the header and nowhere else', async () => {
  const { api, asked } = setUp();
  await api.withToken('s3cret').leaderboard('p1');
  await api.leaderboard('p1');
  assert.equal(asked[0]?.headers.authorization, 'Bearer s3cret');
  assert.ok(!asked[0]?.url.includes('s3cret'));
  assert.ok(!('authorization' in (asked[1]?.headers ?? {})));
});

test('an import carries its file as it is', async () => {
  const { api, asked } = setUp();
  const file = new Blob(['a;b'], { type: 'text/csv' });
  await api.importQuiz(file, { format: 'csv' });
  await api.importQuiz(new Blob(['?']), { format: 'aiken', title: 'T' });
  assert.equal(asked[0]?.body, file);
  assert.deepEqual(
    asked.map(({ headers }) => headers['content-type']),
    ['text/csv', 'application/octet-stream'],
  );
});

test('a refusal is an ApiError with everything the server said', async () => {
  const errors = [{ path: '/rounds', message: 'must be >= 1' }];
  const { api } = setUp([refusal('invalid_body', { errors })]);
  await assert.rejects(api.initParty({ player_id: 'p', category: 'c', rounds: 0 }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual(
      [error.status, error.code, error.detail, error.message],
      [400, 'invalid_body', 'for people', 'for people'],
    );
    assert.deepEqual(error.errors, errors);
    return true;
  });
});

test('members of some problems are kept', async () => {
  const { api } = setUp([refusal('not_enough_questions', { available: 4 })]);
  await assert.rejects(api.initParty({ player_id: 'p', category: 'c', rounds: 9 }), (error: ApiError) => {
    assert.equal(error.problem.available, 4);
    return true;
  });
});

test('an answer of something between is an ApiError too', async () => {
  for (const answer of [
    () => new Response('<html>', { status: 404 }),
    () => Response.json({ message: 'x' }, { status: 401 }),
  ]) {
    const { api } = setUp([answer]);
    await assert.rejects(
      api.categories(),
      (error: ApiError) => error instanceof ApiError && error.code === 'unreadable',
    );
  }
  const { api } = setUp([() => new Response('<html>', { status: 200 })]);
  await assert.rejects(api.categories(), (error: ApiError) => error.code === 'unreadable' && error.status === 200);
});

test('a lost join is asked again under the same key, the next join has another', async () => {
  const { api, asked, slept } = setUp(['lost', refusal('store_unavailable'), () => Response.json({ user_id: 'u' })]);
  assert.deepEqual(await api.joinRoom('1', { nickname: 'n' }), { user_id: 'u' });
  await api.joinRoom('1', { nickname: 'n' });
  assert.deepEqual(
    asked.map(({ headers }) => headers['idempotency-key']),
    ['key-1', 'key-1', 'key-1', 'key-2'],
  );
  assert.deepEqual(slept, [150, 300], 'half of bounds that double');
});

test('a caller may bring the key it remembered', async () => {
  const { api, asked } = setUp();
  await api.joinParty('p1', { user_id: 'u' }, { idempotencyKey: 'mine' });
  assert.equal(asked[0]?.headers['idempotency-key'], 'mine');
});

test('a call that may not be repeated is made once', async () => {
  for (const answers of [['lost'], [refusal('store_unavailable')]] as Answer[][]) {
    const { api, asked } = setUp(answers);
    await assert.rejects(api.createRoom({ quiz_id: 'q' }));
    assert.equal(asked.length, 1);
    assert.ok(!('idempotency-key' in (asked[0]?.headers ?? {})));
  }
});

test('what passes is waited out as long as the server says, and given up after four tries', async () => {
  const { api, asked, slept } = setUp([refusal('not_ready', { retry_after_seconds: 2 })]);
  await assert.rejects(api.categories(), { code: 'not_ready', status: 503 });
  assert.equal(asked.length, 4);
  assert.deepEqual(slept, [2_000, 2_000, 2_000]);
});

test('a network that stays away is given up with its own error', async () => {
  const { api, asked } = setUp(['lost']);
  await assert.rejects(api.categories(), TypeError);
  assert.equal(asked.length, 4);
});

test('a refusal that will stay one is not asked again', async () => {
  for (const code of ['party_not_found', 'rate_limited', 'internal', 'unauthorized'] as const) {
    const { api, asked } = setUp([refusal(code)]);
    await assert.rejects(api.leaderboard('p1'), { code });
    assert.equal(asked.length, 1);
  }
});
