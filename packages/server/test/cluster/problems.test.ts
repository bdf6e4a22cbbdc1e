/**
 * Every refusal that the OpenAPI document names at a call, provoked at that call over real HTTP: a code that nothing can
 * bring about is not to be documented, and one that comes about is not to be left out. A fault of our own (`internal`)
 * cannot be provoked from outside: the router's test throws one.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { type ProblemCode, problems, problemsOf, type Route, type RouteName, routes } from '@partyline/protocol';
import { type RealCluster, realCluster } from '@partyline/testkit';
import { eventually } from './repeats.ts';
import {
  type Answered,
  type CallTerms,
  callNode,
  handshake,
  joinRoom,
  openQuick,
  openRoom,
  openWire,
  portOf,
  type Room,
  single,
} from './security-stage.ts';

const ours = 'https://quiz.example.org';
const limits = { joins: 50, inits: 50, misses: 20, body: 4_096 };
const env = {
  JOINS_PER_MINUTE: `${limits.joins}`,
  INITS_PER_MINUTE: `${limits.inits}`,
  FAILED_LOOKUPS_PER_MINUTE: `${limits.misses}`,
  MAX_BODY_BYTES: `${limits.body}`,
  ALLOWED_ORIGINS: ours,
};

type Provoke = () => Promise<Answered>;
type Provocations = Record<RouteName, Partial<Record<ProblemCode, Provoke>>>;

test('every problem of every call', async (t) => {
  const cluster = await realCluster(t, { env, ownPostgres: 'own' });
  const stage = await stageOf(cluster);
  const table = provocations(stage);
  for (const [name, provoked] of Object.entries(table) as [RouteName, Provocations[RouteName]][]) {
    const route: Route = routes[name];
    const documented = problemsOf(route).filter((code) => code !== 'internal' && code !== 'store_unavailable');
    assert.deepEqual(Object.keys(provoked).sort(), documented.sort(), `the table of ${name} is the document's`);
    for (const [code, provoke] of Object.entries(provoked) as [ProblemCode, Provoke][]) {
      await t.test(`${name}: ${code}`, async () => isProblem(await provoke(), code));
    }
  }
  await t.test('what is no call: not_found, method_not_allowed, upgrade_required, origin_refused', async () => {
    isProblem(await callNode(portOf(cluster), '/api/nothing'), 'not_found');
    for (const { path } of Object.values(routes)) {
      const refused = await callNode(portOf(cluster), filled(path, stage), { method: 'PATCH' });
      isProblem(refused, 'method_not_allowed');
      assert.match(refused.headers.allow ?? '', /GET|POST|PUT|DELETE/);
    }
    isProblem(await callNode(portOf(cluster), `/ws/${stage.open.party_id}`), 'upgrade_required');
    const foreign = await handshake(portOf(cluster), stage.open.party_id, { origin: 'https://evil.test' });
    assert.equal(foreign.status, problems.origin_refused.status);
  });
  stage.host.close();
  await cluster.redis.stop();
  await cluster.postgresServer?.stop();
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (!route.problems.includes('store_unavailable')) continue;
    await t.test(`${name}: store_unavailable`, async () => {
      const path = `${filled(route.path, stage)}?${neededQuery(route)}`;
      isProblem(await callNode(portOf(cluster), path, valid(route, stage)), 'store_unavailable');
    });
  }
});

function isProblem(reply: Answered, code: ProblemCode): void {
  assert.deepEqual([reply.json?.code, reply.status], [code, problems[code].status], reply.text);
  assert.equal(reply.headers['content-type'], 'application/problem+json');
}

interface Stage {
  cluster: RealCluster;
  key: string;
  quiz_id: string;
  /** Strangers may not watch. */
  open: Room;
  player: { user_id: string; token: string };
  /** Of another party. */
  outsider: string;
  host: Awaited<ReturnType<typeof openWire>>;
  /** Ended and stored. */
  over: Room;
  /** Ended, stored and erased. */
  erased: Room;
}

const quiz = { title: 'A quiz', questions: [single()] };

async function stageOf(cluster: RealCluster): Promise<Stage> {
  const { key } = await cluster.postgres.hostKeys.create('one');
  const made = await callNode(portOf(cluster), '/api/quizzes', { token: key, body: quiz });
  const open = await openRoom(cluster, key, { questions: quiz.questions });
  const stored = async (): Promise<Room> => {
    const room = await ended(cluster, await openRoom(cluster, key, { questions: quiz.questions }));
    await eventually('the results are stored', 15_000, async () => {
      return (await cluster.postgres.archive.leaderboard(room.party_id)) !== null;
    });
    return room;
  };
  const [over, erased] = [await stored(), await stored()];
  const erasing = { method: 'DELETE', token: erased.host_token };
  assert.equal((await callNode(portOf(cluster), `/api/party/${erased.party_id}/results`, erasing)).status, 204);
  const player = await joinRoom(cluster, open, { nickname: 'Ann' });
  const host = await openWire(portOf(cluster), open.party_id, open.host_token);
  await host.ask('start');
  const { token: outsider } = await openQuick(cluster, { player_id: 'outsider' });
  return { cluster, key, quiz_id: made.json.quiz_id, open, player, outsider, host, over, erased };
}

async function ended(cluster: RealCluster, room: Room): Promise<Room> {
  const host = await openWire(portOf(cluster), room.party_id, room.host_token);
  await host.ask('end');
  await host.seen('finished');
  host.close();
  return room;
}

function filled(path: string, { open, quiz_id, player }: Stage): string {
  const { party_id, room_code } = open;
  const parts: Record<string, string> = { party_id, room_code, quiz_id, user_id: player.user_id };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
}

/** With every right that there is, and a body that would do. */
function valid({ method, path, body, auth }: Route, { key, open }: Stage): CallTerms {
  const accepts: readonly string[] = auth.accepts;
  const token = accepts.includes('host_token') ? open.host_token : accepts.includes('host_key') ? key : undefined;
  const bodies: Record<string, unknown> = {
    '/api/party/init': { player_id: 'ann', category: 'Science', rounds: 1 },
    '/api/party/{party_id}/join': { user_id: 'bob' },
    '/api/rooms': { quiz },
    '/api/rooms/{room_code}/join': {},
  };
  return {
    method,
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body: bodies[path] ?? quiz }),
  };
}

function neededQuery({ query }: Route): URLSearchParams {
  return new URLSearchParams((query?.required ?? []).map((name) => [name, 'json']));
}

let addresses = 0;

/** One that no budget knows yet. */
function freshAddress(): string {
  addresses += 1;
  return `127.0.2.${addresses}`;
}

function provocations(stage: Stage): Provocations {
  const { cluster, key, open, over, erased, player, outsider } = stage;
  const port = portOf(cluster);
  const call = (path: string, terms: CallTerms = {}) => callNode(port, path, terms);
  const asHost = (path: string, terms: CallTerms = {}) => call(path, { token: key, ...terms });
  const nobody = randomUUID();
  const party = (what: string, { party_id } = open): string => `/api/party/${party_id}/${what}`;
  const room = (code: string, what = ''): string => `/api/rooms/${code}${what}`;
  const quizAt = (quiz_id: string, what = ''): string => `/api/quizzes/${quiz_id}${what}`;
  const unplayable = { ...quiz, questions: [{ ...single(), choices: [{ text: 'a' }, { text: 'b' }] }] };

  /** What the form of a route alone has it refuse. */
  function byForm(name: RouteName): Partial<Record<ProblemCode, Provoke>> {
    const route: Route = routes[name];
    const path = filled(route.path, stage);
    const terms = valid(route, stage);
    const needed = neededQuery(route);
    const send = (more: CallTerms) => call(`${path}?${needed}`, { ...terms, ...more });
    const isFile = route.body?.form === 'file';
    const bodied = { headers: { 'content-type': isFile ? 'multipart/form-data; boundary=x' : 'text/plain' } };
    return {
      invalid_query: () => call(`${path}?${needed}&token=secret`, terms),
      body_too_large: () => send({ body: 'x'.repeat(limits.body + 1) }),
      ...(isFile ? {} : { invalid_body: () => send({ body: { nonsense: 1 } }) }),
      ...(route.body === undefined ? {} : { unsupported_media_type: () => send(bodied) }),
      ...(route.auth.needed === 'always' ? { unauthorized: () => send({ token: 'nobody' }) } : {}),
    };
  }

  async function spent(budget: number, ask: (from: string) => Promise<Answered>): Promise<Answered> {
    const from = freshAddress();
    for (let time = 0; time < budget; time += 1) await ask(from);
    return ask(from);
  }

  /** The same doors at both ways in. `enter` says how a newcomer comes in. */
  function atDoors(enter: (at: Room, more?: object, from?: string) => Promise<Answered>) {
    const entered =
      (settings: object, more: object = {}) =>
      async () =>
        enter(await openRoom(cluster, key, { questions: quiz.questions, settings }), more);
    const after = async (settings: object, commands: [type: string, data?: object][]) => {
      const at = await openRoom(cluster, key, { questions: quiz.questions, settings });
      const host = await openWire(port, at.party_id, at.host_token);
      for (const [type, data] of commands) assert.equal((await host.ask(type, data)).type, 'ack', type);
      host.close();
      return at;
    };
    return {
      party_locked: async () => enter(await after({}, [['lock']])),
      party_started: async () => enter(await after({ late_join: false }, [['start']])),
      // It stays for a moment after its end.
      party_over: async () => enter(await ended(cluster, await openRoom(cluster, key, { questions: quiz.questions }))),
      party_full: async () => {
        const at = await openRoom(cluster, key, { questions: quiz.questions, settings: { max_players: 1 } });
        await joinRoom(cluster, at, { nickname: 'First' });
        return enter(at);
      },
      banned: async () => {
        const at = await openRoom(cluster, key, { questions: quiz.questions });
        const { user_id } = await joinRoom(cluster, at, { nickname: 'Rude', player_ref: 'rude' });
        const host = await openWire(port, at.party_id, at.host_token);
        await host.ask('ban', { user_id });
        host.close();
        return enter(at, { player_ref: 'rude' });
      },
      wrong_passcode: entered({ passcode: 'sesame' }, { passcode: 'Sesame' }),
      second_step_required: entered({ second_step: true }),
      not_on_roster: entered({ roster: [{ name: 'Ann Lee' }] }),
      roster_taken: async () => {
        const settings = { roster: [{ name: 'Ann Lee', ref: '1' }] };
        const at = await openRoom(cluster, key, { questions: quiz.questions, settings });
        await joinRoom(cluster, at, { player_ref: '1' });
        return enter(at, { player_ref: '1' });
      },
      nickname_refused: entered({}, { nickname: 'a\u202eb' }),
      team_refused: entered({ teams: { mode: 'chosen', names: ['Owls'] } }, { team: 'Cats' }),
      rate_limited: () => spent(limits.joins, (from) => enter(open, { nonsense: 1 }, from)),
    } satisfies Partial<Record<ProblemCode, Provoke>>;
  }

  const byCode = (at: Room, more: object = {}, from = freshAddress()) =>
    call(room(at.room_code, '/join'), { body: { nickname: 'Newcomer', ...more }, from });
  const byId = (at: Room, more: object = {}, from = freshAddress()) =>
    call(party('join', at), { body: { user_id: 'newcomer', nickname: 'Newcomer', ...more }, from });
  const init = (more: object, from = freshAddress()) =>
    call('/api/party/init', { body: { player_id: 'ann', category: 'Science', rounds: 1, ...more }, from });
  const noQuiz = (what = '', terms: CallTerms = {}) => ({
    quiz_not_found: () => asHost(quizAt(nobody, what), terms),
  });
  /** Calls that tell of one party: without a token, and with one of another party. */
  const ofParty = (path: string, method = 'GET') => ({
    unauthorized: () => call(path, { method }),
    forbidden: () => call(path, { method, token: outsider }),
  });
  const misses = (what = '', terms: CallTerms = {}) => ({
    room_not_found: () => call(room('000000', what), { ...terms, from: freshAddress() }),
    rate_limited: () => spent(limits.misses, (from) => call(room('000000', what), { ...terms, from })),
  });

  return {
    initParty: {
      ...byForm('initParty'),
      category_not_found: () => init({ category: 'Nonsense' }),
      not_enough_questions: () => init({ rounds: 100 }),
      nickname_refused: () => init({ nickname: 'a\u202eb' }),
      rate_limited: () => spent(limits.inits, (from) => init({ rounds: 0 }, from)),
    },
    joinParty: {
      ...byForm('joinParty'),
      ...atDoors(byId),
      party_not_found: () => byId({ ...open, party_id: nobody }),
      already_joined: async () => {
        await byId(open, { user_id: 'twin' });
        return byId(open, { user_id: 'twin' });
      },
    },
    getQuestionData: {
      ...byForm('getQuestionData'),
      party_not_found: () => call(`/api/party/${nobody}/question_data`),
      unauthorized: () => call(party('question_data')),
    },
    listCategories: byForm('listCategories'),
    listQuizzes: byForm('listQuizzes'),
    createQuiz: { ...byForm('createQuiz'), quiz_invalid: () => asHost('/api/quizzes', { body: unplayable }) },
    importQuiz: {
      ...byForm('importQuiz'),
      import_unreadable: () => asHost('/api/quizzes/import?format=kahoot', { body: 'no workbook' }),
    },
    getQuiz: { ...byForm('getQuiz'), ...noQuiz() },
    replaceQuiz: {
      ...byForm('replaceQuiz'),
      ...noQuiz('', { method: 'PUT', body: quiz }),
      quiz_invalid: () => asHost(quizAt(stage.quiz_id), { method: 'PUT', body: unplayable }),
    },
    deleteQuiz: { ...byForm('deleteQuiz'), ...noQuiz('', { method: 'DELETE' }) },
    duplicateQuiz: { ...byForm('duplicateQuiz'), ...noQuiz('/duplicate', { method: 'POST' }) },
    exportQuiz: {
      ...byForm('exportQuiz'),
      ...noQuiz('/export?format=json'),
      quiz_invalid: async () => {
        const cloud = { title: 'Words', questions: [{ kind: 'word_cloud', prompt: 'What now?' }] };
        const { quiz_id } = (await asHost('/api/quizzes', { body: cloud })).json;
        return asHost(quizAt(quiz_id, '/export?format=aiken'));
      },
    },
    createRoom: {
      ...byForm('createRoom'),
      quiz_not_found: () => asHost('/api/rooms', { body: { quiz_id: nobody } }),
      quiz_invalid: () => asHost('/api/rooms', { body: { quiz: unplayable } }),
      settings_invalid: () => asHost('/api/rooms', { body: { quiz, settings: { roster: [] } } }),
    },
    listRooms: byForm('listRooms'),
    takeRoom: { ...byForm('takeRoom'), ...misses('/host', { method: 'POST', token: key }) },
    getRoom: { ...byForm('getRoom'), ...misses() },
    joinRoom: {
      ...byForm('joinRoom'),
      ...atDoors(byCode),
      room_not_found: () => byCode({ ...open, room_code: '000000' }),
      already_joined: async () => {
        const at = await openRoom(cluster, key, { questions: quiz.questions });
        await byCode(at, { player_ref: 'twin' });
        return byCode(at, { player_ref: 'twin' });
      },
    },
    getLeaderboard: {
      ...byForm('getLeaderboard'),
      ...ofParty(party('leaderboard')),
      party_not_found: () => call(`/api/party/${nobody}/leaderboard`),
    },
    getStats: {
      ...byForm('getStats'),
      ...ofParty(party('stats')),
      party_not_found: () => call(`/api/party/${nobody}/stats`),
    },
    getResults: {
      ...byForm('getResults'),
      ...ofParty(party('results')),
      party_not_found: () => asHost(`/api/party/${nobody}/results`),
      results_not_found: () => call(party('results', erased), { token: erased.host_token }),
      results_not_ready: () => call(party('results'), { token: open.host_token }),
    },
    eraseResults: {
      ...byForm('eraseResults'),
      ...ofParty(party('results'), 'DELETE'),
      party_not_found: () => asHost(`/api/party/${nobody}/results`, { method: 'DELETE' }),
      results_not_found: () => call(party('results', erased), { method: 'DELETE', token: erased.host_token }),
      results_not_ready: () => call(party('results'), { method: 'DELETE', token: open.host_token }),
      player_not_found: () =>
        call(`${party('results', over)}?user_id=nobody`, { method: 'DELETE', token: over.host_token }),
    },
    getPerformance: {
      ...byForm('getPerformance'),
      player_not_found: () => asHost('/api/players/nobody/performance'),
      unauthorized: () => call(`/api/players/${player.user_id}/performance`),
      forbidden: () => call('/api/players/outsider-1/performance', { token: player.token }),
    },
    getOpenApi: byForm('getOpenApi'),
    getAsyncApi: byForm('getAsyncApi'),
  };
}
