/**
 * Parties that were really played, for the archive's suite: rounds, answers and standings that agree with each other.
 */
import { randomUUID } from 'node:crypto';
import {
  type Checkpoint,
  type Crowd,
  type FinalResults,
  type Hold,
  newcomer,
  openParty,
  type Party,
  type Player,
  type Question,
  type Quiz,
  quickPartyDefaults,
  rankStandings,
  type Settings,
  type Standing,
} from '@partyline/core';

/** Epoch ms; round `n` opens `n` minutes later. */
export const startedAt = 1_750_000_000_123;

export interface SampleAnswer {
  user_id: string;
  choice: string | null;
  correct: boolean | null;
  points: number;
  elapsed_ms: number;
}

/** What happened in a round. `category` null makes it a vote. */
export interface SampleRound {
  category: string | null;
  answers: SampleAnswer[];
  skipped?: boolean;
}

export interface SampleGame {
  party: Party;
  quiz: Quiz;
  players: Player[];
  crowd: Crowd;
  /** After a round, and with what else is given. */
  checkpoint(
    round: number,
    at?: Partial<Pick<Checkpoint, 'epoch' | 'seq' | 'bans' | 'crowd'>> & { answers?: SampleAnswer[] },
  ): Checkpoint;
  results(over?: { players?: Player[]; endedAt?: number }): FinalResults;
}

export function gamePlayer(user_id: string, over: Partial<Player> = {}): Player {
  const joined_at = startedAt - 5_000;
  return {
    user_id,
    nickname: `${user_id}'s name`,
    joined_at,
    status: 'playing',
    team: null,
    extra_time_percent: 0,
    ...over,
  };
}

function sampleHold(user_id: string): Hold {
  const identity_keys = [`user:${user_id}`, `ref:${user_id}`];
  return { nickname_key: `name ${user_id}`, roster_key: `line ${user_id}`, idempotency_key: null, identity_keys };
}

function sampleQuestion(round: number, category: string | null): Question {
  return {
    id: `q${round}`,
    kind: category === null ? 'poll' : 'single',
    prompt: `What is asked in round ${round}?`,
    category: category ?? '',
    time_limit_ms: 20_000,
    points: category === null ? 0 : 1_000,
    choices: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `Choice ${id}` })),
    key: category === null ? { kind: 'none' } : { kind: 'choices', correct: ['a'] },
  };
}

export function sampleGame(
  rounds: SampleRound[],
  over: { players?: Player[]; settings?: Partial<Settings>; party?: Partial<Party> } = {},
): SampleGame {
  const ids = [...new Set(rounds.flatMap((round) => round.answers.map((answer) => answer.user_id)))];
  const players = over.players ?? ids.map((id) => gamePlayer(id));
  const quiz: Quiz = {
    quiz_id: null,
    title: 'Rivers & lakes',
    questions: rounds.map(({ category }, index) => sampleQuestion(index + 1, category)),
  };
  const opened = openParty({
    party_id: randomUUID(),
    game_id: randomUUID(),
    room_code: '402017',
    kind: 'quick',
    title: quiz.title,
    owner_id: players[0]?.user_id ?? 'nobody',
    created_at: startedAt - 10_000,
    settings: { ...quickPartyDefaults, ...over.settings },
    rounds: rounds.length,
    players_total: players.length,
  });
  const crowd: Crowd = { players, holds: players.map(({ user_id }) => [user_id, sampleHold(user_id)]) };
  const party: Party = { ...opened, started_at: startedAt, current_round: rounds.length, ...over.party };

  return {
    party,
    quiz,
    players,
    crowd,
    checkpoint(round, at = {}) {
      const played = rounds[round - 1];
      const answers = at.answers ?? played?.answers ?? [];
      const opened_at = startedAt + round * 60_000;
      const byChoice = Map.groupBy(answers, (answer) => answer.choice ?? '-');
      const counts = Object.fromEntries([...byChoice].map(([choice, all]) => [choice, all.length]));
      return {
        epoch: 1,
        seq: round * 10,
        crowd,
        bans: [],
        ...at,
        party: { ...party, current_round: round },
        quiz,
        standings: standingsAfter(rounds.slice(0, round), players),
        played: { round, opened_at, closed_at: opened_at + 20_000, skipped: played?.skipped ?? false, counts },
        answers: answers.map((answer) => ({ id: `m-${answer.user_id}`, ...answer })),
      };
    },
    results({ players: atTheEnd = players, endedAt = startedAt + 600_000 } = {}) {
      return {
        party: {
          ...party,
          phase: { name: 'finished', ended_at: endedAt, reason: 'completed', results: 'pending' },
        },
        quiz,
        players: atTheEnd,
        standings: standingsAfter(rounds, players),
      };
    },
  };
}

/** Only players who were there for a scored round have an account. */
function standingsAfter(rounds: SampleRound[], players: Player[]): [string, Standing][] {
  const standings = new Map<string, Standing>();
  for (const { user_id, status } of players) {
    const all = rounds
      .filter((round) => !round.skipped)
      .flatMap((round) => round.answers.filter((a) => a.user_id === user_id));
    const correct = all.filter((answer) => answer.correct);
    const sum = (answers: SampleAnswer[], of: 'points' | 'elapsed_ms') =>
      answers.reduce((n, answer) => n + answer[of], 0);
    if (status !== 'playing' || all.length === 0) continue;
    standings.set(user_id, {
      ...newcomer,
      score: sum(all, 'points'),
      correct: correct.length,
      answered: all.length,
      answered_ms: sum(all, 'elapsed_ms'),
      correct_ms: sum(correct, 'elapsed_ms'),
    });
  }
  return [...rankStandings(standings)];
}

export const rightAnswer = (user_id: string, points: number, elapsed_ms: number): SampleAnswer => ({
  user_id,
  choice: 'a',
  correct: true,
  points,
  elapsed_ms,
});

export const wrongAnswer = (user_id: string, elapsed_ms: number): SampleAnswer => ({
  user_id,
  choice: 'b',
  correct: false,
  points: 0,
  elapsed_ms,
});

export const voteAnswer = (user_id: string, choice: string | null): SampleAnswer => ({
  user_id,
  choice,
  correct: null,
  points: 0,
  elapsed_ms: 500,
});
