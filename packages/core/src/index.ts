/** The game: rules, scoring, views and the ports through which the world is reached. Pure and synchronous. */
export { abandonAfterMs } from './abandon.ts';
export type { Answer, Choice } from './answer.ts';
export { type AskedQuestion, type AskedRound, askedQuestion, toldRounds } from './asked-question.ts';
export {
  type AuthoredQuestion,
  type AuthoredQuiz,
  playableQuiz,
  type QuizFault,
  questionFaults,
  quizFaults,
} from './authored-quiz.ts';
export type { Attendance, Command, HostAction, HostCommand } from './command.ts';
export { decide, dueAt, graceMs } from './decide.ts';
export type { Circumstances, Decision } from './decision.ts';
export type { PartyEvent } from './event.ts';
export { evolve } from './evolve.ts';
export { type AnswerGate, answerGate } from './gate.ts';
export { type HeadCount, headCount } from './head-count.ts';
export type { Hold } from './hold.ts';
export {
  compareStandings,
  leaderboard,
  leaderboardEntry,
  rankStandings,
  teamLeaderboard,
  teamStandings,
  withGains,
} from './leaderboard.ts';
export { derivedNickname } from './nickname/derived-nickname.ts';
export { applyNicknamePolicy } from './nickname/nickname-policy.ts';
export { openParty, type PartyOpening } from './open-party.ts';
export { broadcastIntervalMs } from './pace.ts';
export type {
  Closing,
  CorrectShown,
  Finished,
  Lobby,
  Party,
  Paused,
  Phase,
  QuestionOpen,
  Ranking,
  RefusalCode,
  Reveal,
  Revealed,
  SettledCommand,
} from './party.ts';
export {
  type LeaderboardEntry,
  newcomer,
  type Player,
  type RoundResult,
  type Standing,
  type TeamEntry,
} from './player.ts';
export { choiceId, poolQuiz, type RandomInt, shuffled } from './pool-quiz.ts';
export type {
  AnswerRow,
  Archive,
  CategoryRow,
  Checkpoint,
  Crowd,
  FinalResults,
  FinishedRoom,
  Performance,
  PlayedRound,
  StoredLeaderboard,
  StoredResults,
  UnfinishedParty,
} from './ports/archive.ts';
export { ArchiveUnavailable } from './ports/archive-unavailable.ts';
export type { AuditEntry, AuditTrail } from './ports/audit.ts';
export type { Clock, StoreHealth, Timers } from './ports/clock.ts';
export { type Audience, type Envelope, replyAddress } from './ports/envelope.ts';
export type { HostKey, HostKeys } from './ports/host-keys.ts';
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
export type { QuizDraft, QuizSummary, Quizzes, StoredQuiz } from './ports/quizzes.ts';
export { StoreUnavailable } from './ports/store-unavailable.ts';
export { projection } from './projection.ts';
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
export { type ReadChoice, readChoice } from './read-choice.ts';
export { restoredParty, restoredPlayers } from './restore-party.ts';
export { drawRoomCode, normaliseRoomCode } from './room-code.ts';
export { type ClosedRound, resultOf, scoreRound } from './score-round.ts';
export { scoredRound } from './scored-round.ts';
export {
  closestDistance,
  type Judgement,
  judge,
  pointsFor,
  streakBonus,
  timedPoints,
} from './scoring.ts';
export { acceptedWindows, secondStepMs, secondStepWindow } from './second-step.ts';
export {
  type NicknamePolicy,
  quickPartyDefaults,
  type RosterEntry,
  roomDefaults,
  type Scoring,
  type Settings,
  type TeamSettings,
} from './settings.ts';
export { settingsFault } from './settings-fault.ts';
export {
  type ResultAudience,
  type ShownBoard,
  type ShownLine,
  type ShownResults,
  shownBoard,
  shownResults,
} from './shown-results.ts';
export { type GameStats, gameStats, type PartyCounts, type RoundCounts, type RoundStats } from './stats.ts';
export { summedAttendance } from './summed-attendance.ts';
export {
  areScoresShown,
  correctShown,
  isRankingShown,
  type PartyView,
  partyView,
  questionFor,
  type ShownPlayer,
  type ShownReveal,
  type ShownSettings,
  shownPhase,
  shownRanking,
  shownReveal,
  type ViewSource,
} from './view.ts';
export { visibleText } from './visible-text.ts';
