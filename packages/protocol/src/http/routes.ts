/** Every HTTP call there is, by its operation's name. */
import Type from 'typebox';
import {
  CategoriesResponse,
  InitPartyRequest,
  InitPartyResponse,
  JoinPartyRequest,
  JoinPartyResponse,
  QuestionDataResponse,
} from './quick-party.ts';
import { QuizBody, QuizList, StoredQuiz } from './quiz.ts';
import { ExportQuery, ImportQuery, ImportReport } from './quiz-file.ts';
import {
  EraseQuery,
  LeaderboardResponse,
  PerformanceResponse,
  ResultsQuery,
  ResultsResponse,
  StatsResponse,
} from './results.ts';
import {
  CreateRoomRequest,
  CreateRoomResponse,
  JoinRoomRequest,
  JoinRoomResponse,
  RoomList,
  RoomResponse,
  RoomsQuery,
  TakeRoomResponse,
} from './room.ts';
import {
  empty,
  forAnybody,
  forHost,
  forHostKey,
  forMembers,
  forMembersOrWatchers,
  forNewcomers,
  json,
  type Route,
} from './route.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const quizFiles = [
  'application/json',
  'text/csv',
  'text/plain',
  'application/xml',
  'text/xml',
  xlsx,
  'application/octet-stream',
];

const document = Type.Unsafe<Record<string, unknown>>({ type: 'object', maxProperties: 100 });

const doorProblems = [
  'party_locked',
  'party_full',
  'party_started',
  'party_over',
  'banned',
  'wrong_passcode',
  'second_step_required',
  'not_on_roster',
  'roster_taken',
  'nickname_refused',
  'team_refused',
  'rate_limited',
  'store_unavailable',
] as const;

const quizProblems = ['unauthorized', 'quiz_not_found', 'store_unavailable'] as const;

export const routes = {
  initParty: {
    method: 'POST',
    path: '/api/party/init',
    summary: 'Start a quick party from the question pool. The initiator is its first player and its host.',
    auth: forAnybody,
    body: json(InitPartyRequest),
    responses: { 201: json(InitPartyResponse) },
    problems: ['category_not_found', 'not_enough_questions', 'nickname_refused', 'rate_limited', 'store_unavailable'],
  },
  joinParty: {
    method: 'POST',
    path: '/api/party/{party_id}/join',
    summary: "Join a party by its id. Repeated with the player's own token or Idempotency-Key it answers the same.",
    auth: forNewcomers,
    idempotent: 'by_key',
    body: json(JoinPartyRequest),
    responses: { 200: json(JoinPartyResponse) },
    problems: ['party_not_found', 'already_joined', ...doorProblems],
  },
  getQuestionData: {
    method: 'GET',
    path: '/api/party/{party_id}/question_data',
    summary: 'The running round: question, choices, players and scores. Nothing here tells the right choice.',
    auth: forMembersOrWatchers,
    responses: { 200: json(QuestionDataResponse) },
    problems: ['party_not_found', 'unauthorized', 'store_unavailable'],
  },
  listCategories: {
    method: 'GET',
    path: '/api/categories',
    summary: 'The categories of the question pool, with how many questions each has.',
    auth: forAnybody,
    responses: { 200: json(CategoriesResponse) },
    problems: ['store_unavailable'],
  },
  listQuizzes: {
    method: 'GET',
    path: '/api/quizzes',
    summary: 'The quizzes of this host.',
    auth: forHostKey,
    responses: { 200: json(QuizList) },
    problems: ['unauthorized', 'store_unavailable'],
  },
  createQuiz: {
    method: 'POST',
    path: '/api/quizzes',
    summary: 'Store an authored quiz.',
    auth: forHostKey,
    body: json(QuizBody),
    responses: { 201: json(StoredQuiz) },
    problems: ['unauthorized', 'quiz_invalid', 'store_unavailable'],
  },
  importQuiz: {
    method: 'POST',
    path: '/api/quizzes/import',
    summary: 'Make a quiz from a file: a report per row, good rows kept.',
    auth: forHostKey,
    query: ImportQuery,
    body: { form: 'file', media_types: quizFiles },
    responses: { 200: json(ImportReport), 201: json(ImportReport) },
    problems: ['unauthorized', 'import_unreadable', 'store_unavailable'],
  },
  getQuiz: {
    method: 'GET',
    path: '/api/quizzes/{quiz_id}',
    summary: 'One authored quiz with its answers.',
    auth: forHostKey,
    responses: { 200: json(StoredQuiz) },
    problems: quizProblems,
  },
  replaceQuiz: {
    method: 'PUT',
    path: '/api/quizzes/{quiz_id}',
    summary: 'Replace an authored quiz. Parties that play it go on with the old one.',
    auth: forHostKey,
    body: json(QuizBody),
    responses: { 200: json(StoredQuiz) },
    problems: [...quizProblems, 'quiz_invalid'],
  },
  deleteQuiz: {
    method: 'DELETE',
    path: '/api/quizzes/{quiz_id}',
    summary: 'Delete an authored quiz. Results of its parties stay.',
    auth: forHostKey,
    responses: { 204: empty },
    problems: quizProblems,
  },
  duplicateQuiz: {
    method: 'POST',
    path: '/api/quizzes/{quiz_id}/duplicate',
    summary: 'Store a copy of a quiz under another title.',
    auth: forHostKey,
    responses: { 201: json(StoredQuiz) },
    problems: quizProblems,
  },
  exportQuiz: {
    method: 'GET',
    path: '/api/quizzes/{quiz_id}/export',
    summary: 'An authored quiz as a file.',
    auth: forHostKey,
    query: ExportQuery,
    responses: {
      200: {
        form: 'file',
        media_types: ['application/json', 'text/csv', 'text/plain', 'application/xml', xlsx],
        schema: QuizBody,
      },
    },
    problems: [...quizProblems, 'quiz_invalid'],
  },
  createRoom: {
    method: 'POST',
    path: '/api/rooms',
    summary: 'Open a room for a stored or an inline quiz.',
    auth: forHostKey,
    body: json(CreateRoomRequest),
    responses: { 201: json(CreateRoomResponse) },
    problems: [...quizProblems, 'quiz_invalid', 'settings_invalid'],
  },
  listRooms: {
    method: 'GET',
    path: '/api/rooms',
    summary: 'The rooms opened with this host key that are still running or, 50 at a time, finished: newest first.',
    auth: forHostKey,
    query: RoomsQuery,
    responses: { 200: json(RoomList) },
    problems: ['unauthorized', 'store_unavailable'],
  },
  takeRoom: {
    method: 'POST',
    path: '/api/rooms/{room_code}/host',
    summary: 'A fresh host token, for the holder of the host key that opened the room.',
    auth: forHostKey,
    responses: { 201: json(TakeRoomResponse) },
    problems: ['unauthorized', 'room_not_found', 'rate_limited', 'store_unavailable'],
  },
  getRoom: {
    method: 'GET',
    path: '/api/rooms/{room_code}',
    summary: 'What a joining player must know of a room.',
    auth: forAnybody,
    responses: { 200: json(RoomResponse) },
    problems: ['room_not_found', 'rate_limited', 'store_unavailable'],
  },
  joinRoom: {
    method: 'POST',
    path: '/api/rooms/{room_code}/join',
    summary: "Join a room by its code. Repeated with the player's own token or Idempotency-Key it answers the same.",
    auth: forNewcomers,
    idempotent: 'by_key',
    body: json(JoinRoomRequest),
    responses: { 200: json(JoinRoomResponse), 201: json(JoinRoomResponse) },
    problems: ['room_not_found', 'already_joined', ...doorProblems],
  },
  getLeaderboard: {
    method: 'GET',
    path: '/api/party/{party_id}/leaderboard',
    summary:
      'Who stands where, during the party and long after, teams too. Players are shown what the setting `leaderboard` shows, and their own line always; the host all.',
    auth: forMembersOrWatchers,
    responses: { 200: json(LeaderboardResponse) },
    problems: ['party_not_found', 'unauthorized', 'forbidden', 'store_unavailable'],
  },
  getStats: {
    method: 'GET',
    path: '/api/party/{party_id}/stats',
    summary:
      'How well the rounds were answered, in sums, and what their counts stand for. While the party runs only rounds that are over.',
    auth: forMembersOrWatchers,
    responses: { 200: json(StatsResponse) },
    problems: ['party_not_found', 'unauthorized', 'forbidden', 'store_unavailable'],
  },
  getResults: {
    method: 'GET',
    path: '/api/party/{party_id}/results',
    summary:
      'Every answer, the leaderboard, the categories, and the questions with what was right. A player sees its own answers, and the leaderboard as the setting shows it.',
    auth: forMembers,
    query: ResultsQuery,
    responses: { 200: { form: 'file', media_types: ['application/json', 'text/csv', xlsx], schema: ResultsResponse } },
    problems: [
      'party_not_found',
      'results_not_found',
      'results_not_ready',
      'unauthorized',
      'forbidden',
      'store_unavailable',
    ],
  },
  eraseResults: {
    method: 'DELETE',
    path: '/api/party/{party_id}/results',
    summary:
      "Erase the results of a party for good, or one player's personal data in it. Right after the end it waits some seconds, until the party has left its screens too. The counts of the rounds fall by what the player had answered; anonymous votes stay counted, since nobody knows whose they were.",
    auth: forHost,
    query: EraseQuery,
    responses: { 204: empty },
    problems: [
      'party_not_found',
      'results_not_found',
      'player_not_found',
      'results_not_ready',
      'unauthorized',
      'forbidden',
      'store_unavailable',
    ],
  },
  getPerformance: {
    method: 'GET',
    path: '/api/players/{user_id}/performance',
    summary:
      'How a player does per category, over all parties. An id or reference that people choose themselves is as private as they keep it.',
    auth: forMembers,
    responses: { 200: json(PerformanceResponse) },
    problems: ['player_not_found', 'unauthorized', 'forbidden', 'store_unavailable'],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document.',
    auth: forAnybody,
    responses: { 200: json(document) },
    problems: [],
  },
  getAsyncApi: {
    method: 'GET',
    path: '/asyncapi.json',
    summary: 'The messages of the WebSocket `/ws/{party_id}`, in AsyncAPI 3.0.',
    auth: forAnybody,
    responses: { 200: json(document) },
    problems: [],
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
