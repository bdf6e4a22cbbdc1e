/** The wire: what is said over HTTP and WebSocket, how untrusted bytes become values, and the documents of both. */
export { asyncApiDocument } from './document/asyncapi.ts';
export type { Json, JsonObject } from './document/components.ts';
export { openApiDocument } from './document/openapi.ts';
export { type Parsed, parseBody, parseQuery } from './http/parse-body.ts';
export { type Problem, ProblemDocument, type ProblemExtra, problem } from './http/problem.ts';
export { type ProblemCode, problems } from './http/problem-code.ts';
export {
  CategoriesResponse,
  InitPartyRequest,
  InitPartyResponse,
  JoinPartyRequest,
  JoinPartyResponse,
  QuestionDataResponse,
  quickPartyTimeoutSeconds,
} from './http/quick-party.ts';
export { QuizBody, QuizList, QuizQuestion, questionDefaults, StoredQuiz } from './http/quiz.ts';
export {
  type ExportFormat,
  ExportQuery,
  exportFormats,
  type ImportFormat,
  ImportQuery,
  ImportReport,
  ImportRow,
  importFormats,
} from './http/quiz-file.ts';
export {
  AnswerRow,
  AskedQuestion,
  EraseQuery,
  LeaderboardResponse,
  PerformanceResponse,
  type ResultFormat,
  ResultLine,
  ResultsQuery,
  ResultsResponse,
  RoundStats,
  resultFormats,
  StatsResponse,
} from './http/results.ts';
export {
  CreateRoomRequest,
  CreateRoomResponse,
  JoinRoomRequest,
  JoinRoomResponse,
  RoomList,
  RoomResponse,
  RoomsQuery,
  TakeRoomResponse,
} from './http/room.ts';
export {
  type Content,
  type Credential,
  noQuery,
  problemsOf,
  type Route,
  unroutedProblems,
} from './http/route.ts';
export { type RouteName, routes } from './http/routes.ts';
export { type Fault, faultIn, faultsIn, isValid } from './validation.ts';
export { AnswerChoice, OwnAnswer } from './vocabulary/answer-choice.ts';
export {
  IdempotencyKey,
  MessageId,
  Nickname,
  PartyId,
  Passcode,
  PlayerRef,
  pathParameters,
  QuizId,
  RoomCode,
  SecondStepCode,
  TeamName,
  UserId,
} from './vocabulary/identifier.ts';
export { LeaderboardLine, PlayerLine, TeamLine, WaitingPlayer } from './vocabulary/leaderboard-line.ts';
export { NicknamePolicy, RosterEntry, SettingsPatch, ShownSettings } from './vocabulary/settings.ts';
export {
  CorrectAnswer,
  type QuestionKind,
  questionKinds,
  RoundReveal,
  ShownChoice,
  ShownQuestion,
} from './vocabulary/shown-question.ts';
export {
  AnswerData,
  type ClientMessage,
  type ClientMessageType,
  clientFrames,
  clientMessages,
} from './ws/client-message.ts';
export { type CloseReason, closeCodes, meansReconnect } from './ws/close-code.ts';
export { encodeFrame, splicePersonal, spliceState } from './ws/frame.ts';
export { type ServerMessageType, serverMessageTypes } from './ws/message-type.ts';
export { type ParsedClientMessage, parseClientMessage } from './ws/parse-client-message.ts';
export {
  FinishedData,
  LobbyData,
  LockData,
  PartyInitializedData,
  PlayerRemovedData,
  SavedData,
} from './ws/party-messages.ts';
export { readServerMessage } from './ws/read-server-message.ts';
export {
  AnsweredData,
  ExtendedData,
  PausedData,
  QuestionData,
  ResumedData,
  RevealData,
  RoundSkippedData,
  ScoresData,
} from './ws/round-messages.ts';
export {
  type Position,
  type ServerData,
  type ServerMessage,
  serverFrames,
  serverMessages,
} from './ws/server-message.ts';
export { AckData, ErrorData, PingData, ReconnectData } from './ws/session-messages.ts';
export { phases, StateData, StatePersonal, StateView } from './ws/state.ts';
export { type WsErrorCode, wsErrors } from './ws/ws-error.ts';
export { OwnResult, You } from './ws/you.ts';
