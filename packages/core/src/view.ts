/**
 * What each audience may see of a party: the one place that decides it. Takes everything, secrets included, and returns
 * only what may be shown. Before the reveal nothing here tells which choice is right (I8).
 */
import type { CorrectShown, Party, Phase, Reveal } from './party.ts';
import type { LeaderboardEntry, Player, TeamEntry } from './player.ts';
import { type ChoiceOption, type PublicQuestion, publicQuestion, type Question, type Quiz } from './question.ts';
import type { Settings } from './settings.ts';

/** How many players a state lists; the totals are always true. */
const listedPlayers = 100;
const shownLeaderboard = 10;

export interface ShownPlayer {
  user_id: string;
  nickname: string;
  /** null where the settings hide scores. */
  score: number | null;
  team?: string;
}

export interface ShownReveal extends Reveal {
  leaderboard: LeaderboardEntry[];
  teams?: TeamEntry[];
}

/** The settings without anything that helps a stranger in. */
export type ShownSettings = Omit<
  Settings,
  | 'start'
  | 'max_players'
  | 'passcode'
  | 'second_step'
  | 'roster'
  | 'approve_joins'
  | 'nickname_policy'
  | 'disconnect_grace_seconds'
>;

/** The part of a `state` that is the same for everybody of one audience. */
export interface PartyView {
  party_id: string;
  game_id: string;
  room_code: string;
  kind: Party['kind'];
  title: string;
  phase: 'lobby' | 'question' | 'reveal' | 'paused' | 'finished';
  round: number;
  rounds: number;
  locked: boolean;
  settings: ShownSettings;
  players_total: number;
  connected: number;
  players: ShownPlayer[];
  question: PublicQuestion | null;
  choices: ChoiceOption[];
  answered: number;
  counts?: Record<string, number>;
  reveal: ShownReveal | null;
  leaderboard: LeaderboardEntry[];
  teams?: TeamEntry[];
  results?: 'pending' | 'saved';
  /** For the host alone. */
  waiting?: { user_id: string; nickname: string }[];
  waiting_total?: number;
  /** The socket that has control; null before the first one. */
  controller?: string | null;
  /** How much longer than the open question's deadline the player with the most extra time may answer, ms. */
  extra_time_ms?: number;
}

export interface ViewSource {
  party: Party;
  quiz: Quiz;
  players: ReadonlyMap<string, Player>;
  /** Current score of a player; with `feedback: instant` this includes the running round. */
  scoreOf: (user_id: string) => number;
  connected: number;
}

export function partyView(source: ViewSource, audience: 'all' | 'host'): PartyView {
  const { party, quiz } = source;
  const question = shownQuestion(party, quiz);
  const isMasked = audience === 'all' && !party.settings.question_on_phones;
  const standing = shownRanking(party);
  return {
    party_id: party.party_id,
    game_id: party.game_id,
    room_code: party.room_code,
    kind: party.kind,
    title: party.title,
    phase: shownPhase(party.phase),
    round: party.current_round,
    rounds: party.rounds,
    locked: party.locked,
    settings: shownSettings(party.settings),
    players_total: party.players_total,
    connected: source.connected,
    players: shownPlayers(source),
    ...questionFor(question, isMasked),
    answered: party.answered_told,
    ...(party.counts_told === null ? {} : { counts: party.counts_told }),
    reveal: shownReveal(party),
    ...standing,
    ...(party.phase.name === 'finished' ? { results: party.phase.results } : {}),
    ...(audience === 'host' ? forHost(source) : {}),
  };
}

function forHost(source: ViewSource): Partial<PartyView> {
  const { controller, phase } = source.party;
  return { ...waitingRoom(source), controller, extra_time_ms: phase.name === 'question' ? phase.extra_ms : 0 };
}

/** Where phones only show the shapes, they get ids without texts; the host's screen has the words. */
export function questionFor(
  question: Question | null,
  isMasked: boolean,
): { question: PublicQuestion | null; choices: ChoiceOption[] } {
  if (question === null) return { question: null, choices: [] };
  const shown = publicQuestion(question);
  const choices = question.choices.map(({ id, text }) => ({ id, text: isMasked ? '' : text }));
  if (!isMasked) return { question: shown, choices };
  const { media: _media, ...wordless } = shown;
  return { question: { ...wordless, prompt: '' }, choices };
}

/** The reveal as shown, with the leaderboard only where the settings show it each round. */
export function shownReveal(party: Party): ShownReveal | null {
  const phase = party.phase.name === 'paused' ? party.phase.was : party.phase;
  return phase.name === 'reveal' ? { ...phase.reveal, ...shownRanking(party) } : null;
}

/** The leaderboard that may be shown now: each round, at the end, or never. */
export function shownRanking(party: Party): { leaderboard: LeaderboardEntry[]; teams?: TeamEntry[] } {
  if (!areScoresShown(party)) return { leaderboard: [] };
  const { leaderboard, teams } = party.ranking;
  return { leaderboard: leaderboard.slice(0, shownLeaderboard), ...(teams.length === 0 ? {} : { teams }) };
}

export function areScoresShown(party: Party): boolean {
  return isRankingShown(party.settings, { is_finished: party.phase.name === 'finished' });
}

/** Nothing said is shown each round, as parties were before they had the setting. */
export function isRankingShown(
  { leaderboard = 'each_round' }: Partial<Pick<Settings, 'leaderboard'>>,
  { is_finished }: { is_finished: boolean },
): boolean {
  return leaderboard === 'each_round' || (leaderboard === 'end' && is_finished);
}

/** What was right, in the form players sent it. */
export function correctShown(question: Question): CorrectShown {
  switch (question.key.kind) {
    case 'choices':
      return question.key.correct;
    case 'text':
      return question.key.accepted.map((accepted) => accepted.text);
    case 'number':
      return question.key.answer;
    case 'order':
      return question.key.order;
    case 'none':
      return null;
  }
}

export function shownPhase(phase: Pick<Phase, 'name'>): PartyView['phase'] {
  return phase.name === 'closing' ? 'question' : phase.name;
}

/** The question on the screens. A quick party shows round 1's before its clock starts; a room keeps it back. */
function shownQuestion(party: Party, quiz: Quiz): Question | null {
  const { phase } = party;
  if (phase.name === 'finished' || (phase.name === 'lobby' && party.kind === 'room')) return null;
  return quiz.questions[party.current_round - 1] ?? null;
}

function shownPlayers({ party, players, scoreOf }: ViewSource): ShownPlayer[] {
  const listed = new Map<string, Player>();
  for (const { user_id } of areScoresShown(party) ? party.ranking.leaderboard : []) {
    const player = players.get(user_id);
    if (player !== undefined) listed.set(user_id, player);
  }
  for (const player of players.values()) {
    if (listed.size >= listedPlayers) break;
    if (player.status === 'playing') listed.set(player.user_id, player);
  }
  const hasScores = areScoresShown(party);
  return [...listed.values()].slice(0, listedPlayers).map(({ user_id, nickname, team }) => ({
    user_id,
    nickname,
    score: hasScores ? scoreOf(user_id) : null,
    ...(team === null ? {} : { team }),
  }));
}

function waitingRoom({ party, players }: ViewSource): Pick<PartyView, 'waiting' | 'waiting_total'> {
  const waiting: { user_id: string; nickname: string }[] = [];
  // Most parties have no waiting room, and a crowd is not searched for nobody.
  for (const { status, user_id, nickname } of party.waiting_total === 0 ? [] : players.values()) {
    if (status === 'waiting' && waiting.length < listedPlayers) waiting.push({ user_id, nickname });
  }
  return { waiting, waiting_total: party.waiting_total };
}

function shownSettings(settings: Settings): ShownSettings {
  const { pacing, scoring, streak_bonus, feedback, leaderboard, show_vote_results, anonymous_votes } = settings;
  const { late_join, teams, reveal_seconds, advance_when_all_answered, question_on_phones, spectators } = settings;
  return {
    ...{ pacing, scoring, streak_bonus, feedback, leaderboard, show_vote_results, anonymous_votes },
    ...{ late_join, teams, reveal_seconds, advance_when_all_answered, question_on_phones, spectators },
  };
}
