/** The game: rules, scoring, views and the ports through which the world is reached. Pure and synchronous. */
export type { Answer, Choice } from './answer.ts';
export type { Attendance, Command, HostAction, HostCommand } from './command.ts';
export type { PartyEvent } from './event.ts';
export { type AnswerGate, answerGate } from './gate.ts';
export type {
  Closing,
  CorrectShown,
  Finished,
  Lobby,
  Party,
  Paused,
  Phase,
  QuestionOpen,
  RefusalCode,
  Reveal,
  Revealed,
  SettledCommand,
} from './party.ts';
export { type LeaderboardEntry, newcomer, type Player, type RoundResult, type Standing, type TeamEntry } from './player.ts';
export type {
  AnswerRow,
  Archive,
  CategoryRow,
  Checkpoint,
  FinalResults,
  Performance,
  PlayedRound,
  StoredLeaderboard,
  StoredResults,
} from './ports/archive.ts';
export type { Clock, StoreHealth, Timers } from './ports/clock.ts';
export type { Audience, Envelope } from './ports/envelope.ts';
export type { Election, GatewayRoll, Lease } from './ports/lease.ts';
export type {
  Admission,
  AdmissionRequest,
  AnswerDraft,
  AnswerVerdict,
  LocalPresence,
  PartyDesk,
  Seat,
  Snapshot,
} from './ports/party-desk.ts';
export type {
  Claimed,
  CommitResult,
  Door,
  Fence,
  Gathered,
  InboxItem,
  PartyStore,
  Projection,
  Turn,
} from './ports/party-store.ts';
export type { PoolQuestion, QuestionPool } from './ports/question-pool.ts';
export {
  type AcceptedText,
  type AnswerKey,
  type ChoiceOption,
  isScored,
  type PublicQuestion,
  publicQuestion,
  type Question,
  type QuestionKind,
  type Quiz,
} from './question.ts';
export {
  type NicknamePolicy,
  quickPartyDefaults,
  type RosterEntry,
  roomDefaults,
  type Scoring,
  type Settings,
  type TeamSettings,
} from './settings.ts';
