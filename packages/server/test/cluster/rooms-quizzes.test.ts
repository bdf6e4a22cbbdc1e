/** Quizzes and the doors of rooms over real HTTP on three nodes: each call, and each way it is refused. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { playRound, roomStage, together } from './rooms-stage.ts';

const question = {
  kind: 'single' as const,
  prompt: 'Two plus two?',
  time_limit_seconds: 20,
  choices: [{ text: 'Three' }, { text: 'Four', correct: true }],
};
const quiz = { title: 'Sums', questions: [question] };
const nobody = '00000000-0000-4000-8000-000000000000';

test('quizzes and rooms over HTTP', { concurrency: 8 }, async (t) => {
  const stage = await roomStage(t);
  const { call, key, otherKey } = stage;
  const { check, done } = together(t);

  check('a quiz is created, read, listed, replaced, duplicated and deleted by its owner', async () => {
    const made = await call('POST', '/api/quizzes', { token: key, body: quiz });
    assert.equal(made.status, 201);
    const path = `/api/quizzes/${made.body.quiz_id}`;
    assert.deepEqual((await call('GET', path, { token: key })).body.questions, [question]);
    const replaced = await call('PUT', path, { token: key, body: { ...quiz, title: 'Other sums' } });
    assert.deepEqual([replaced.status, replaced.body.title], [200, 'Other sums']);
    const copy = await call('POST', `${path}/duplicate`, { token: key });
    assert.deepEqual([copy.status, copy.body.title], [201, 'Other sums (copy)']);
    const list = await call('GET', '/api/quizzes', { token: key });
    const mine = list.body.quizzes.find((entry: { quiz_id: string }) => entry.quiz_id === made.body.quiz_id);
    assert.deepEqual([mine.title, mine.questions], ['Other sums', 1]);
    assert.equal((await call('DELETE', path, { token: key })).status, 204);
    assert.equal((await call('GET', path, { token: key })).status, 404);
    assert.equal((await call('GET', `/api/quizzes/${copy.body.quiz_id}`, { token: key })).status, 200);
  });

  check("another host's quiz does not exist, and nobody's key does nothing", async () => {
    const made = await call('POST', '/api/quizzes', { token: key, body: quiz });
    const path = `/api/quizzes/${made.body.quiz_id}`;
    const tries: [string, string, unknown?][] = [
      ['GET', path],
      ['PUT', path, quiz],
      ['DELETE', path],
      ['POST', `${path}/duplicate`],
      ['GET', `${path}/export?format=json`],
      ['POST', '/api/rooms', { quiz_id: made.body.quiz_id }],
    ];
    for (const [method, at, body] of tries) {
      const foreign = await call(method, at, { token: otherKey, body });
      assert.deepEqual([foreign.status, foreign.body.code], [404, 'quiz_not_found'], `${method} ${at}`);
      const unknown = await call(method, at, { token: 'nobody', body });
      assert.deepEqual([unknown.status, unknown.body.code], [401, 'unauthorized'], `${method} ${at}`);
      assert.equal((await call(method, at, { body })).status, 401, `${method} ${at}`);
    }
    const others = await call('GET', '/api/quizzes', { token: otherKey });
    assert.deepEqual(others.body.quizzes, []);
  });

  check('a quiz that cannot be played is 422 with its question, and one without form 400', async () => {
    const faulty = [
      { ...question, choices: [{ text: 'A' }, { text: 'B' }] },
      { ...question, choices: [{ text: 'A', correct: true }, { text: ' a' }] },
      { ...question, kind: 'poll' as const },
      { kind: 'text', prompt: 'Who?', accepted: [] },
      { kind: 'number', prompt: 'How many?', answer: 9, min: 1, max: 5 },
    ];
    for (const fault of faulty) {
      const body = { title: 'Faulty', questions: [question, fault] };
      for (const [path, sent] of [
        ['/api/quizzes', body],
        ['/api/rooms', { quiz: body }],
      ] as const) {
        const reply = await call('POST', path, { token: key, body: sent });
        assert.deepEqual([reply.status, reply.body.code, reply.body.question], [422, 'quiz_invalid', 2]);
        assert.match(reply.body.detail, /^question 2: /);
        assert.equal(reply.headers.get('content-type'), 'application/problem+json');
      }
    }
    for (const body of [{}, { ...quiz, questions: [] }, { ...quiz, owner: 'me' }, { ...quiz, title: '' }]) {
      const reply = await call('POST', '/api/quizzes', { token: key, body });
      assert.deepEqual([reply.status, reply.body.code], [400, 'invalid_body'], JSON.stringify(body));
      assert.ok(reply.body.errors.length > 0);
    }
  });

  check('a party plays the quiz as it was when the room was opened', async () => {
    const made = await call('POST', '/api/quizzes', { token: key, body: quiz });
    const path = `/api/quizzes/${made.body.quiz_id}`;
    const room = (await call('POST', '/api/rooms', { token: key, body: { quiz_id: made.body.quiz_id } })).body;
    const edited = { ...quiz, questions: [{ ...question, prompt: 'Two plus three?' }] };
    assert.equal((await call('PUT', path, { token: key, body: edited })).status, 200);
    const host = await stage.host(room);
    await host.say('start');
    assert.equal((await host.seen('question')).question.prompt, 'Two plus two?');
    assert.equal((await call('DELETE', path, { token: key })).status, 204);
    await playRound(host, 1, []);
    await host.say('next');
    await stage.saved(room);
  });

  check('an import reports every row, keeps the good ones, and keeps nothing on a dry run', async () => {
    const csv = 'question,type,correct,wrong1,wrong2\nOne?,single,1,2,3\nBroken?,single,,2,3\nTwo?,single,2,1,3\n';
    const path = '/api/quizzes/import?format=csv&title=Read';
    const before = (await call('GET', '/api/quizzes', { token: otherKey })).body.quizzes.length;
    const dry = await call('POST', `${path}&dry_run=true`, { token: otherKey, body: csv });
    assert.equal(dry.status, 200, JSON.stringify(dry.body));
    assert.deepEqual([dry.body.imported, dry.body.skipped, dry.body.quiz_id, dry.body.dry_run], [2, 1, null, true]);
    assert.equal((await call('GET', '/api/quizzes', { token: otherKey })).body.quizzes.length, before);
    const kept = await call('POST', path, { token: key, body: csv });
    assert.deepEqual([kept.status, kept.body.imported, kept.body.title], [201, 2, 'Read']);
    assert.deepEqual(kept.body.rows, dry.body.rows);
    assert.equal(kept.body.rows[0].severity, 'error');
    const stored = await call('GET', `/api/quizzes/${kept.body.quiz_id}`, { token: key });
    assert.deepEqual(
      stored.body.questions.map(({ prompt }: { prompt: string }) => prompt),
      ['One?', 'Two?'],
    );
    const unreadable = await call('POST', '/api/quizzes/import?format=kahoot', { token: key, body: 'no workbook' });
    assert.deepEqual([unreadable.status, unreadable.body.code], [422, 'import_unreadable']);
    const unknown = await call('POST', '/api/quizzes/import?format=docx', { token: key, body: csv });
    assert.deepEqual([unknown.status, unknown.body.code], [400, 'invalid_query']);
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    const multipart = await call('POST', path, { token: key, body: csv, headers: form });
    assert.deepEqual([multipart.status, multipart.body.code], [415, 'unsupported_media_type']);
    assert.equal((await call('POST', path, { body: csv })).status, 401);
  });

  check('a quiz is exported in every format and what is left out is said', async () => {
    const body = { title: 'Files', questions: [question, { kind: 'word_cloud', prompt: 'One word' }] };
    const made = await call('POST', '/api/quizzes', { token: key, body });
    const path = `/api/quizzes/${made.body.quiz_id}/export?format=`;
    for (const format of ['json', 'csv', 'gift', 'aiken', 'kahoot', 'moodle_xml']) {
      const file = await call('GET', `${path}${format}`, { token: key });
      assert.equal(file.status, 200, format);
      assert.match(file.headers.get('content-disposition') ?? '', /attachment/);
      const text = format === 'json' ? JSON.stringify(file.body) : file.body.toString('latin1');
      if (format !== 'kahoot') assert.match(text, /Two plus two/, format);
      if (format === 'aiken') assert.equal(file.headers.get('questions-left-out'), '2');
    }
    const unknown = await call('GET', `${path}docx`, { token: key });
    assert.deepEqual([unknown.status, unknown.body.code], [400, 'invalid_query']);
  });

  check("a host's own words keep names out, and neither the door nor the results name them", async () => {
    const settings = { nickname_policy: { profanity: 'refuse', blocked_words: ['kumquat'] } };
    const { body: room } = await call('POST', '/api/rooms', { token: key, body: { quiz, settings } });
    const door = await call('GET', `/api/rooms/${room.room_code}`);
    assert.equal(door.body.nickname_policy.profanity, 'refuse');
    assert.ok(!JSON.stringify(door.body).includes('kumquat'));
    const refused = await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: 'Big Kumquats' } });
    assert.deepEqual([refused.status, refused.body.code, refused.body.reason], [422, 'nickname_refused', 'profanity']);
    assert.equal((await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: 'Plum' } })).status, 201);
  });

  check('a room is opened, looked up by its code in any writing, and refused where it makes no sense', async () => {
    const made = await call('POST', '/api/rooms', { token: key, body: { quiz, settings: { passcode: '2468' } } });
    assert.equal(made.status, 201);
    assert.deepEqual(Object.keys(made.body).sort(), ['game_id', 'host_token', 'party_id', 'room_code']);
    const door = await call('GET', `/api/rooms/${made.body.room_code.toLowerCase()}`);
    assert.equal(door.status, 200);
    const { title, phase, locked, players, passcode_required, nickname_policy } = door.body;
    assert.deepEqual(
      { title, phase, locked, players, passcode_required, mode: nickname_policy.mode },
      { title: 'Sums', phase: 'lobby', locked: false, players: 0, passcode_required: true, mode: 'free' },
    );
    assert.ok(!JSON.stringify(door.body).includes('2468'));
    const refusals: [object, number, string][] = [
      [{}, 400, 'invalid_body'],
      [{ quiz, quiz_id: nobody }, 400, 'invalid_body'],
      [{ quiz, settings: { pacing: 'slow' } }, 400, 'invalid_body'],
      [{ quiz, settings: { colour: 'red' } }, 400, 'invalid_body'],
      [{ quiz_id: nobody }, 404, 'quiz_not_found'],
      [{ quiz, settings: { nickname_policy: { mode: 'roster' } } }, 422, 'settings_invalid'],
      [{ quiz, settings: { nickname_policy: { min: 9, max: 3 } } }, 422, 'settings_invalid'],
      [{ quiz, settings: { nickname_policy: { profanity: 'off', blocked_words: ['x'] } } }, 422, 'settings_invalid'],
      [{ quiz, settings: { nickname_policy: { mode: 'generated', max: 3 } } }, 422, 'settings_invalid'],
      [{ quiz, settings: { nickname_policy: { theme: 'space' } } }, 422, 'settings_invalid'],
      [{ quiz, settings: { roster: [] } }, 422, 'settings_invalid'],
      [{ quiz, settings: { roster: [{ name: 'Ann' }, { name: 'ANN' }] } }, 422, 'settings_invalid'],
      [{ quiz, settings: { passcode: '  ' } }, 422, 'settings_invalid'],
      [{ quiz, settings: { teams: { mode: 'auto', names: ['Owls', 'owls'] } } }, 422, 'settings_invalid'],
    ];
    for (const [body, status, code] of refusals) {
      const reply = await call('POST', '/api/rooms', { token: key, body });
      assert.deepEqual([reply.status, reply.body.code], [status, code], JSON.stringify(body));
    }
    assert.equal((await call('POST', '/api/rooms', { body: { quiz } })).status, 401);
    const missing = await call('GET', '/api/rooms/ZZZZZZ');
    assert.deepEqual([missing.status, missing.body.code], [404, 'room_not_found']);
    const nowhere = await call('POST', '/api/rooms/ZZZZZZ/join', { body: {} });
    assert.deepEqual([nowhere.status, nowhere.body.code], [404, 'room_not_found']);
  });

  check('each refusal at the door has its code', async () => {
    async function refused(settings: object, body: object, before: object[] = []): Promise<[number, string, string?]> {
      const room = await stage.open([question], settings);
      for (const earlier of before) await stage.join(room, earlier);
      const reply = await call('POST', `/api/rooms/${room.room_code}/join`, { body });
      return [reply.status, reply.body.code, ...(reply.body.reason === undefined ? [] : [reply.body.reason])] as never;
    }
    const teams = { mode: 'chosen', names: ['Owls', 'Foxes'] };
    const roster = [{ name: 'Ann' }];
    assert.deepEqual(await refused({ passcode: '1234' }, { nickname: 'Ann' }), [403, 'wrong_passcode']);
    assert.deepEqual(await refused({ passcode: '1234' }, { passcode: '4321' }), [403, 'wrong_passcode']);
    assert.deepEqual(await refused({ second_step: true }, {}), [403, 'second_step_required']);
    assert.deepEqual(await refused({ max_players: 1 }, {}, [{ nickname: 'Ann' }]), [403, 'party_full']);
    assert.deepEqual((await refused({ roster }, { nickname: 'Bob' })).slice(0, 2), [403, 'not_on_roster']);
    assert.deepEqual(await refused({ roster }, { nickname: 'Ann' }, [{ nickname: 'Ann' }]), [403, 'roster_taken']);
    assert.deepEqual(await refused({ teams }, { nickname: 'Ann', team: 'Cats' }), [422, 'team_refused']);
    assert.deepEqual(await refused({ teams }, { nickname: 'Ann' }), [422, 'team_refused']);
    const lettersOnly = { nickname_policy: { mode: 'letters' } };
    assert.deepEqual(await refused(lettersOnly, {}), [422, 'nickname_refused', 'empty']);
    const taken = await refused({}, { nickname: 'ANN' }, [{ nickname: 'Ann' }]);
    assert.deepEqual(taken, [422, 'nickname_refused', 'taken']);
    const long = await refused({}, { nickname: 'x'.repeat(21) });
    assert.deepEqual(long.slice(0, 2), [422, 'nickname_refused']);
    assert.deepEqual(await refused({}, { user_id: 'me' }), [400, 'invalid_body']);
  });

  check('joining again with the token or the key is the same player; teams fill in turn', async () => {
    const room = await stage.open([question], { teams: { mode: 'auto', names: ['Owls', 'Foxes'] } });
    const path = `/api/rooms/${room.room_code}/join`;
    const headers = { 'idempotency-key': 'a-reply-that-was-lost' };
    const first = await call('POST', path, { body: { nickname: 'Ann' }, headers });
    const again = await call('POST', path, { body: { nickname: 'Ann' }, headers });
    assert.equal(again.status, 201, JSON.stringify(again.body));
    assert.equal(again.body.user_id, first.body.user_id);
    const back = await call('POST', path, { body: { nickname: 'Someone' }, token: first.body.token });
    assert.deepEqual([back.body.user_id, back.body.nickname], [first.body.user_id, 'Ann']);
    const second = await stage.join(room, { nickname: 'Bob' });
    assert.deepEqual([first.body.team, second.team], ['Owls', 'Foxes']);
  });

  check('the second step is the code on the screen of the host alone', async () => {
    const room = await stage.open([question], { second_step: true });
    const host = await stage.host(room);
    const { second_step } = await host.state();
    const wrong = second_step?.code === '0000' ? '0001' : '0000';
    const path = `/api/rooms/${room.room_code}/join`;
    const refused = await call('POST', path, { body: { nickname: 'Ann', second_step_code: wrong } });
    assert.deepEqual([refused.status, refused.body.code], [403, 'second_step_required']);
    const ann = await stage.join(room, { nickname: 'Ann', second_step_code: second_step?.code });
    const screen = await stage.screen(room.party_id, ann.token, 1);
    assert.equal((await screen.state()).second_step, undefined);
  });

  await done();
});
