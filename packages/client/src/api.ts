/** Every HTTP call of the contract, typed. Refusals are thrown as `ApiError`. */
import type {
  CategoriesResponse,
  CreateRoomRequest,
  CreateRoomResponse,
  ExportFormat,
  ImportFormat,
  ImportReport,
  InitPartyRequest,
  InitPartyResponse,
  JoinPartyRequest,
  JoinPartyResponse,
  JoinRoomRequest,
  JoinRoomResponse,
  LeaderboardResponse,
  PerformanceResponse,
  QuestionDataResponse,
  QuizBody,
  QuizList,
  ResultsResponse,
  RoomList,
  RoomResponse,
  StatsResponse,
  StoredQuiz,
  TakeRoomResponse,
} from '@partyline/protocol';
import { type Call, callHttp, type HttpPorts, json } from './http-call.ts';

export interface ApiOptions extends HttpPorts {
  /** Made once per joining call and kept over its tries. */
  newIdempotencyKey?: () => string;
}

export interface JoinOptions {
  /** Given by a caller that remembers it over a reload; otherwise a new one. */
  idempotencyKey?: string;
}

export interface ImportOptions {
  format: ImportFormat;
  /** Report only; keep nothing. */
  dryRun?: boolean;
  title?: string;
}

export interface Api extends ReturnType<typeof calls> {
  /** The same calls with another token. */
  withToken(token: string): Api;
}

export function createApi(options: ApiOptions): Api {
  return { ...calls(options), withToken: (token) => createApi({ ...options, token }) };
}

function calls(options: ApiOptions) {
  const { newIdempotencyKey = () => crypto.randomUUID(), ...ports } = options;
  const ask = <Body>(call: Call): Promise<Body> => json<Body>(callHttp(ports, call));
  const get = <Body>(path: string): Promise<Body> => ask({ method: 'GET', path });
  const act = async (call: Call): Promise<void> => void (await callHttp(ports, call));
  const join = <Body>(
    path: string,
    body: unknown,
    { idempotencyKey = newIdempotencyKey() }: JoinOptions,
  ): Promise<Body> => ask({ method: 'POST', path, body, idempotencyKey });
  const party = (party_id: string, what: string): string => `/api/party/${encodeURIComponent(party_id)}/${what}`;
  const quiz = (quiz_id: string): string => `/api/quizzes/${encodeURIComponent(quiz_id)}`;
  const room = (code: string): string => `/api/rooms/${encodeURIComponent(code)}`;
  const results = (party_id: string): string => party(party_id, 'results');

  return {
    initParty: (body: InitPartyRequest) => ask<InitPartyResponse>({ method: 'POST', path: '/api/party/init', body }),
    joinParty: (party_id: string, body: JoinPartyRequest, options: JoinOptions = {}) =>
      join<JoinPartyResponse>(party(party_id, 'join'), body, options),
    questionData: (party_id: string) => get<QuestionDataResponse>(party(party_id, 'question_data')),
    categories: () => get<CategoriesResponse>('/api/categories'),

    createRoom: (body: CreateRoomRequest) => ask<CreateRoomResponse>({ method: 'POST', path: '/api/rooms', body }),
    rooms: () => get<RoomList>('/api/rooms'),
    /** The last 50; `before`, the `ended_at` of the last one known, leads on. */
    finishedRooms: (before?: string) =>
      ask<RoomList>({ method: 'GET', path: '/api/rooms', query: { phase: 'finished', before } }),
    takeRoom: (code: string) => ask<TakeRoomResponse>({ method: 'POST', path: `${room(code)}/host` }),
    room: (code: string) => get<RoomResponse>(room(code)),
    joinRoom: (code: string, body: JoinRoomRequest = {}, options: JoinOptions = {}) =>
      join<JoinRoomResponse>(`${room(code)}/join`, body, options),

    leaderboard: (party_id: string) => get<LeaderboardResponse>(party(party_id, 'leaderboard')),
    stats: (party_id: string) => get<StatsResponse>(party(party_id, 'stats')),
    results: (party_id: string) => get<ResultsResponse>(results(party_id)),
    /** `table` is for csv, which has one; xlsx has them all. */
    resultsFile: async (
      party_id: string,
      query: { format: 'csv' | 'xlsx'; table?: 'leaderboard' | 'answers' | 'categories' },
    ): Promise<Blob> => (await callHttp(ports, { method: 'GET', path: results(party_id), query })).blob(),
    /** Of everybody, or of one player. */
    eraseResults: (party_id: string, query: { user_id?: string } = {}) =>
      act({ method: 'DELETE', path: results(party_id), query }),
    performance: (user_id: string) =>
      get<PerformanceResponse>(`/api/players/${encodeURIComponent(user_id)}/performance`),

    quizzes: () => get<QuizList>('/api/quizzes'),
    quiz: (quiz_id: string) => get<StoredQuiz>(quiz(quiz_id)),
    createQuiz: (body: QuizBody) => ask<StoredQuiz>({ method: 'POST', path: '/api/quizzes', body }),
    replaceQuiz: (quiz_id: string, body: QuizBody) => ask<StoredQuiz>({ method: 'PUT', path: quiz(quiz_id), body }),
    duplicateQuiz: (quiz_id: string) => ask<StoredQuiz>({ method: 'POST', path: `${quiz(quiz_id)}/duplicate` }),
    deleteQuiz: (quiz_id: string) => act({ method: 'DELETE', path: quiz(quiz_id) }),
    importQuiz: (file: Blob, { format, dryRun, title }: ImportOptions) =>
      ask<ImportReport>({
        method: 'POST',
        path: '/api/quizzes/import',
        query: { format, title, ...(dryRun === undefined ? {} : { dry_run: String(dryRun) }) },
        file,
      }),
    exportQuiz: async (quiz_id: string, format: ExportFormat): Promise<Blob> =>
      (await callHttp(ports, { method: 'GET', path: `${quiz(quiz_id)}/export`, query: { format } })).blob(),
  };
}
