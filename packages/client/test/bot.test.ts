import assert from 'node:assert/strict';
import test from 'node:test';
import { questionKinds, type ShownQuestion, type StateData } from '@partyline/protocol';
import { type BotOptions, createBot } from '../src/bot.ts';
import { createConnection } from '../src/connection.ts';
import { guess } from '../src/guess.ts';
import { fakeSockets } from './fake-web-socket.ts';
import { message, partyId, questionData, revealData, runningState, stateData } from './samples.ts';
import { virtualTimers } from './virtual-timers.ts';

function setUp(think: BotOptions['think']) {
  const timers = virtualTimers();
  const { WebSocket, last } = fakeSockets();
  const connection = createConnection({ url: 'ws://one', party_id: partyId, WebSocket, timers, random: () => 0.5 });
  const outcomes: string[] = [];
  const answered: BotOptions['answered'] = (round, { status }) => outcomes.push(`${round} ${status}`);
  const bot = createBot({ connection, think, answered, timers });
  let seq = 0;
  last().open();
  return {
    timers,
    connection,
    bot,
    outcomes,
    last,
    tell(type: Parameters<typeof message>[0], data: object) {
      seq += 1;
      last().tell(message(type, { epoch: 1, seq }, data as never));
    },
    sent: () => last().sent.map(({ data }) => data),
  };
}

test('a bot thinks about each question once, and answers after a while', async () => {
  const asked: unknown[] = [];
  const { tell, timers, sent, last, outcomes } = setUp(({ round, choices, left_ms }) => {
    asked.push([round, left_ms]);
    return { choice: choices[1]?.id ?? '', after_ms: 2_000 };
  });
  tell('state', stateData());
  tell('question', questionData(1));
  tell('answered', { round: 1, answered: 0 });
  tell('state', runningState(1));
  await timers.advance(1_900);
  assert.deepEqual(sent(), []);
  await timers.advance(200);
  assert.deepEqual(sent(), [{ round: 1, choice: 'b' }]);
  tell('ack', { id: last().sent[0]?.id, round: 1, status: 'accepted' });
  tell('reveal', revealData(1));
  tell('question', questionData(2, { closes_in_ms: 9_000 }));
  await timers.advance(2_100);
  assert.deepEqual(sent(), [
    { round: 1, choice: 'b' },
    { round: 2, choice: 'b' },
  ]);
  assert.deepEqual(asked, [
    [1, 20_000],
    [2, 9_000],
  ]);
  assert.deepEqual(outcomes, ['1 accepted']);
});

test('a bot that comes into a running question answers it, one that has answered does not', async () => {
  const { you } = stateData();
  const answeredAlready: Partial<StateData> = { you: { ...you, answer: { round: 1, choice: 'a' } } };
  for (const [data, count] of [
    [runningState(1), 1],
    [runningState(1, answeredAlready), 0],
    [runningState(1, { you: { ...you, role: 'spectator' } }), 0],
    [runningState(1, { you: { ...you, status: 'waiting' } }), 0],
    [runningState(1, { closes_in_ms: null }), 0],
    [stateData({ phase: 'paused', round: 1 }), 0],
  ] as const) {
    const { tell, timers, sent } = setUp(() => ({ choice: 'a', after_ms: 0 }));
    tell('state', data);
    await timers.advance(1);
    assert.equal(sent().length, count);
  }
});

test('a bot may keep silent', async () => {
  const { tell, timers, sent } = setUp(() => null);
  tell('state', runningState(1));
  await timers.advance(1_000);
  assert.deepEqual(sent(), []);
});

test('a bot is done when the party is, and when it is sent away', async () => {
  const finished = setUp(() => null);
  finished.tell('state', runningState(1));
  finished.tell('finished', { reason: 'completed', leaderboard: [], podium: [], results: 'pending' });
  await finished.bot.done;
  const removed = setUp(() => null);
  removed.last().end(4_002);
  await removed.bot.done;
});

test('a stopped bot answers nothing any more', async () => {
  const { tell, timers, sent, bot } = setUp(() => ({ choice: 'a', after_ms: 100 }));
  tell('state', runningState(1));
  bot.stop();
  await bot.done;
  tell('question', questionData(2));
  await timers.advance(1_000);
  assert.deepEqual(sent(), []);
});

test('a guess has the form its question asks for', () => {
  let last = 5;
  const random = () => {
    last = (last * 16_807) % 2_147_483_647;
    return last / 2_147_483_647;
  };
  const choices = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
  const ids = choices.map(({ id }) => id);
  for (const kind of questionKinds) {
    for (let run = 0; run < 200; run += 1) {
      const question: ShownQuestion = { ...questionData(1).question, kind, min: 5, max: 9, max_words: 3 };
      const choice = guess(question, choices, random);
      switch (kind) {
        case 'single':
        case 'true_false':
        case 'poll':
          assert.ok(ids.includes(String(choice)));
          break;
        case 'multiple':
          assert.ok(Array.isArray(choice) && choice.length > 0 && choice.every((id) => ids.includes(id)));
          break;
        case 'order':
          assert.ok(Array.isArray(choice));
          assert.deepEqual(choice.toSorted(), ids);
          break;
        case 'text':
          assert.ok(typeof choice === 'string' && choice.length > 0);
          break;
        case 'word_cloud':
          assert.ok(Array.isArray(choice) && choice.length >= 1 && choice.length <= 3);
          assert.equal(new Set(choice).size, choice.length);
          break;
        case 'number':
          assert.ok(typeof choice === 'number' && choice >= 5 && choice <= 9);
          break;
        case 'rating':
          assert.ok(typeof choice === 'number' && Number.isInteger(choice) && choice >= 1 && choice <= 9);
      }
    }
  }
});
