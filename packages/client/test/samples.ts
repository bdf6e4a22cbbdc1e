/** Messages of a made-up party, complete enough to satisfy their schemas. */
import type { Position, ServerData, ServerMessage, ServerMessageType, StateData } from '@partyline/protocol';

export const partyId = '6f1a1f0e-9c3b-4a52-8a55-0c1f3c1d2e3f';

export function stateData(changed: Partial<StateData> = {}): StateData {
  return {
    party_id: partyId,
    game_id: '7f1a1f0e-9c3b-4a52-8a55-0c1f3c1d2e3f',
    room_code: '123456',
    kind: 'room',
    title: 'Capitals',
    phase: 'lobby',
    round: 1,
    rounds: 3,
    locked: false,
    settings: {
      pacing: 'host',
      scoring: 'kahoot',
      streak_bonus: false,
      feedback: 'reveal',
      leaderboard: 'each_round',
      show_vote_results: 'reveal',
      anonymous_votes: false,
      late_join: true,
      teams: null,
      reveal_seconds: 5,
      advance_when_all_answered: true,
      question_on_phones: true,
      spectators: false,
    },
    players_total: 2,
    players: [
      { user_id: 'ada', nickname: 'Ada', score: 0 },
      { user_id: 'bob', nickname: 'Bob', score: 0 },
    ],
    question: null,
    choices: [],
    answered: 0,
    reveal: null,
    leaderboard: [],
    closes_in_ms: null,
    server_time_ms: 1_800_000_000_000,
    you: {
      role: 'player',
      user_id: 'ada',
      nickname: 'Ada',
      score: 0,
      rank: null,
      streak: 0,
      answer: null,
      last: null,
      status: 'playing',
    },
    ...changed,
  };
}

export function questionData(round: number, changed: Partial<ServerData<'question'>> = {}): ServerData<'question'> {
  return {
    round,
    rounds: 3,
    question: {
      id: `q${round}`,
      kind: 'single',
      prompt: `Question ${round}?`,
      category: 'general',
      time_limit_ms: 20_000,
      points: 1_000,
    },
    choices: [
      { id: 'a', text: 'one' },
      { id: 'b', text: 'two' },
    ],
    closes_in_ms: 20_000,
    server_time_ms: 1_800_000_000_000,
    ...changed,
  };
}

export function revealData(round: number, changed: Partial<ServerData<'reveal'>> = {}): ServerData<'reveal'> {
  return {
    round,
    correct: ['a'],
    counts: { a: 1, b: 1 },
    answered: 2,
    explanation: null,
    leaderboard: [line(1, 'ada', 900), line(2, 'bob', 0)],
    ...changed,
  };
}

export function line(rank: number, user_id: string, score: number): StateData['leaderboard'][number] {
  return { rank, user_id, nickname: user_id, score, correct: 1, answered: 1, mean_ms: 1_000 };
}

export function message<T extends ServerMessageType>(
  type: T,
  { epoch, seq }: Position,
  data: ServerData<T>,
): ServerMessage {
  return { type, epoch, seq, data } as ServerMessage;
}

/** A running question as `state` shows it. */
export function runningState(round: number, changed: Partial<StateData> = {}): StateData {
  const { question, choices, closes_in_ms } = questionData(round);
  return stateData({ phase: 'question', round, question, choices, closes_in_ms, ...changed });
}
