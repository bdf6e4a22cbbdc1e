import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CreateRoomRequest,
  faultIn,
  InitPartyRequest,
  JoinRoomRequest,
  type RoomResponse,
  SettingsPatch,
} from '@partyline/protocol';
import {
  defaultRoomForm,
  type RoomForm,
  roomFaults,
  roomSettings,
  rosterEntry,
} from '../src/browser/host/room-form.ts';
import { hashOf, hostRoute } from '../src/browser/host/route.ts';
import { closedDoor, doorFields, emptyDoor, fieldOf, joinRequest, missing } from '../src/browser/join/door.ts';
import { emptyQuickForm, nearestRounds, possibleRounds, quickRequest } from '../src/browser/quick/quick-request.ts';
import { guessedFormat } from '../src/browser/quiz/import-format.ts';

const room: RoomResponse = {
  ...{ room_code: '225133', title: 'Space', phase: 'lobby', locked: false, players: 0 },
  nickname_policy: { mode: 'free', min: 1, max: 20, profanity: 'mask', unique: true },
  ...{ passcode_required: false, second_step_required: false, roster_required: false, approval_required: false },
  ...{ late_join: true, teams: null },
};
const strict: RoomResponse = {
  ...room,
  ...{ passcode_required: true, second_step_required: true, roster_required: true },
  teams: { mode: 'chosen', names: ['Red', 'Blue'] },
};

test('a door asks only for what its room needs', () => {
  assert.deepEqual(doorFields(room), ['nickname']);
  assert.deepEqual(doorFields({ ...room, nickname_policy: { ...room.nickname_policy, mode: 'generated' } }), []);
  assert.deepEqual(doorFields({ ...room, teams: { mode: 'auto', names: ['Red'] } }), ['nickname']);
  assert.deepEqual(doorFields(strict), ['nickname', 'reference', 'team', 'passcode', 'second_step_code']);
});

test('what is typed at the door becomes a request that the protocol takes', () => {
  const typed = { nickname: ' Ann ', reference: '4711', passcode: 'sesame', second_step_code: '47 11', team: 'Red' };
  const open = joinRequest(typed, room);
  assert.deepEqual(open, { nickname: 'Ann' });
  const full = joinRequest(typed, strict);
  assert.deepEqual(full, {
    ...{ nickname: 'Ann', player_ref: '4711', passcode: 'sesame', second_step_code: '4711', team: 'Red' },
  });
  for (const request of [open, full]) assert.equal(faultIn(JoinRoomRequest, request), null);
});

test('nothing is sent while something is missing', () => {
  assert.deepEqual(Object.keys(missing(emptyDoor, room)), ['nickname']);
  assert.deepEqual(Object.keys(missing(emptyDoor, strict)).sort(), [
    'nickname',
    'passcode',
    'second_step_code',
    'team',
  ]);
  const byReference = { ...emptyDoor, reference: '4711', passcode: 'x', second_step_code: '1234', team: 'Red' };
  assert.deepEqual(missing(byReference, strict), {});
});

test('a refusal stands at the field it is about, where the room asks for that field', () => {
  assert.equal(fieldOf('wrong_passcode', strict), 'passcode');
  assert.equal(fieldOf('nickname_refused', room), 'nickname');
  assert.equal(fieldOf('wrong_passcode', room), null);
  assert.equal(fieldOf('party_full', strict), null);
});

test('a closed door says so before anybody types', () => {
  assert.equal(closedDoor(room), null);
  assert.equal(closedDoor({ ...room, locked: true }), 'party_locked');
  assert.equal(closedDoor({ ...room, phase: 'finished', locked: true }), 'party_over');
  assert.equal(closedDoor({ ...room, late_join: false }), null);
  assert.equal(closedDoor({ ...room, late_join: false, phase: 'question' }), 'party_started');
});

test('a quick party waits for others, or starts at once', () => {
  const form = { ...emptyQuickForm, nickname: 'Ann', category: 'Science' };
  const together = quickRequest(form, 'p1');
  const alone = quickRequest({ ...form, company: 'alone' }, 'p1');
  assert.equal(together.start, 'manual');
  assert.equal(alone.start, 'on_connect');
  for (const request of [together, alone]) assert.equal(faultIn(InitPartyRequest, request), null);
});

test('a category is never asked for more questions than it has', () => {
  assert.deepEqual(possibleRounds(12), [3, 5, 10]);
  assert.deepEqual(possibleRounds(2), [2]);
  assert.equal(nearestRounds(20, 12), 10);
  assert.equal(nearestRounds(5, 2), 2);
});

const form = (change: Partial<RoomForm>): RoomForm => ({ ...defaultRoomForm, ...change });

test('an untouched form of a room sends no settings', () => {
  assert.deepEqual(roomFaults(defaultRoomForm), {});
  assert.deepEqual(roomSettings(defaultRoomForm), {});
});

test('every setting of the form reaches the protocol as it knows it', () => {
  const changed = form({
    ...{ pacing: 'auto', reveal_seconds: '8', scoring: 'accuracy', streak_bonus: true, feedback: 'instant' },
    ...{ leaderboard: 'end', show_vote_results: 'live', anonymous_votes: true, advance_when_all_answered: false },
    ...{ question_on_phones: false, late_join: false, max_players: '40', passcode: ' sesame ', second_step: true },
    ...{ approve_joins: true, roster: 'Ann Lee; 4711; 25%\n\n; 4712', team_mode: 'chosen', team_names: 'Red\n\nBlue' },
    ...{ nickname_mode: 'real_name', profanity: 'refuse', blocked_words: 'kumquat, durian\n\nkumquat' },
    ...{ nickname_min: '3', nickname_max: ' 12 ', unique_names: false, spectators: true, grace_seconds: '600' },
  });
  assert.deepEqual(roomFaults(changed), {});
  const settings = roomSettings(changed);
  assert.equal(faultIn(SettingsPatch, settings), null);
  assert.equal(faultIn(CreateRoomRequest, { quiz_id: 'q', settings }), null);
  assert.deepEqual(settings, {
    ...{ pacing: 'auto', reveal_seconds: 8, scoring: 'accuracy', streak_bonus: true, feedback: 'instant' },
    ...{ leaderboard: 'end', show_vote_results: 'live', anonymous_votes: true, advance_when_all_answered: false },
    ...{ question_on_phones: false, late_join: false, max_players: 40, second_step: true, approve_joins: true },
    passcode: 'sesame',
    roster: [{ name: 'Ann Lee', ref: '4711', extra_time_percent: 25 }, { ref: '4712' }],
    teams: { mode: 'chosen', names: ['Red', 'Blue'] },
    ...{ spectators: true, disconnect_grace_seconds: 600 },
    nickname_policy: {
      ...{ mode: 'real_name', min: 3, max: 12, unique: false },
      ...{ profanity: 'refuse', blocked_words: ['kumquat', 'durian'] },
    },
  });
});

test('made-up names have a theme, and words are blocked only where rude names are looked for', () => {
  const made = roomSettings(form({ nickname_mode: 'generated', nickname_theme: 'space', nickname_max: '8' }));
  assert.deepEqual(made, { nickname_policy: { mode: 'generated', theme: 'space' } });
  assert.equal(faultIn(SettingsPatch, made), null);
  const lax = roomSettings(form({ profanity: 'off', blocked_words: 'kumquat' }));
  assert.deepEqual(lax, { nickname_policy: { profanity: 'off' } });
});

test('what cannot be a setting is told at its field', () => {
  const cases: [Partial<RoomForm>, keyof RoomForm][] = [
    [{ max_players: '0' }, 'max_players'],
    [{ max_players: 'many' }, 'max_players'],
    [{ blocked_words: 'x'.repeat(41) }, 'blocked_words'],
    [{ blocked_words: Array.from({ length: 501 }, (_, n) => `word${n}`).join() }, 'blocked_words'],
    [{ reveal_seconds: '31' }, 'reveal_seconds'],
    [{ nickname_min: '0' }, 'nickname_min'],
    [{ nickname_max: '21' }, 'nickname_max'],
    [{ nickname_min: '9', nickname_max: '8' }, 'nickname_max'],
    [{ grace_seconds: '0' }, 'grace_seconds'],
    [{ grace_seconds: 'long' }, 'grace_seconds'],
    [{ team_mode: 'auto', team_names: 'Red' }, 'team_names'],
    [{ team_mode: 'auto', team_names: 'Red\nRed' }, 'team_names'],
    [{ nickname_mode: 'roster' }, 'roster'],
    [{ roster: 'Ann; 1; 2; 3' }, 'roster'],
    [{ roster: 'Ann; 1; lots' }, 'roster'],
  ];
  for (const [change, field] of cases) assert.deepEqual(Object.keys(roomFaults(form(change))), [field]);
});

test('a line of a roster is a name, a reference, or both, and perhaps extra time', () => {
  assert.deepEqual(rosterEntry('Ann Lee'), { name: 'Ann Lee' });
  assert.deepEqual(rosterEntry('Ann\t7\t50'), { name: 'Ann', ref: '7', extra_time_percent: 50 });
  assert.deepEqual(rosterEntry('Lee, Ann'), { name: 'Lee, Ann' });
  assert.equal(rosterEntry(' ; '), null);
  assert.equal(rosterEntry('Ann; 7; 301'), null);
});

test('the address of the host page leads back to where one was', () => {
  const routes = [
    { name: 'desk' },
    { name: 'new' },
    { name: 'import' },
    { name: 'ask' },
    { name: 'edit', quiz_id: 'a/b' },
    { name: 'open', quiz_id: 'q-1' },
    { name: 'room', room_code: '225133' },
    { name: 'results', party_id: 'p' },
  ] as const;
  for (const route of routes) assert.deepEqual(hostRoute(hashOf(route)), route);
  for (const hash of ['', '#', '#nowhere', '#edit', '#edit/', '#room', '#%E0%A4%A']) {
    assert.equal(hostRoute(hash).name, 'desk', hash);
  }
});

test('the format of a file is guessed from its name', () => {
  const table = {
    'quiz.csv': 'csv',
    'My Kahoot.xlsx': 'kahoot',
    'wayground export.xlsx': 'wayground',
    'quizizz.xlsx': 'wayground',
    'blooket-set.csv': 'blooket',
    'GIMKIT.CSV': 'gimkit',
    'opentdb.json': 'opentdb',
    'questions.gift': 'gift',
    'aiken.txt': 'aiken',
    'quiz.xml': 'moodle_xml',
    unknown: 'csv',
  } as const;
  for (const [name, format] of Object.entries(table)) assert.equal(guessedFormat(name), format, name);
});
