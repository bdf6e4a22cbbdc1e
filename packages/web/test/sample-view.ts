/** A view as a screen gets it, to be changed by each test where it matters. */
import type { QuestionKind, RoundReveal, ShownQuestion } from '@partyline/protocol';
import type { View } from '../src/browser/party-client.ts';

export function sampleView(change: Partial<View> = {}): View {
  return {
    epoch: 1,
    seq: 7,
    party_id: '53244f03-e565-4968-964c-a83faaafffb0',
    game_id: '03920de7-391e-4ff6-aa34-d6ff60a3e12a',
    room_code: '225133',
    kind: 'room',
    title: 'Space',
    phase: 'lobby',
    round: 1,
    rounds: 3,
    locked: false,
    settings: {
      ...{ pacing: 'host', scoring: 'kahoot', streak_bonus: false, feedback: 'reveal', leaderboard: 'each_round' },
      ...{ show_vote_results: 'reveal', anonymous_votes: false, late_join: true, teams: null, reveal_seconds: 5 },
      ...{ advance_when_all_answered: true, question_on_phones: true, spectators: false },
    },
    players_total: 2,
    players: [
      { user_id: 'ann', nickname: 'Ann', score: 0 },
      { user_id: 'bob', nickname: 'Bob', score: 0 },
    ],
    question: null,
    choices: [],
    answered: 0,
    reveal: null,
    leaderboard: [],
    you: {
      ...{ role: 'player', user_id: 'ann', nickname: 'Ann', score: 0, rank: null, streak: 0 },
      ...{ answer: null, last: null, status: 'playing' },
    },
    ...{ closes_at: null, next_at: null, paused_with_ms: null, skipped_round: null, answer: null },
    ...{ podium: [], ended: null, leads: true, extra_time_ms: null, second_step: null },
    ...change,
  };
}

export const samplePlanets = [
  { id: 'a', text: 'Jupiter' },
  { id: 'b', text: 'Saturn' },
  { id: 'c', text: 'Earth' },
  { id: 'd', text: 'Mars' },
];

export function sampleQuestion(kind: QuestionKind = 'single', change: Partial<ShownQuestion> = {}): ShownQuestion {
  return {
    ...{ id: 'q1', kind, prompt: 'Which planet is the largest?', category: 'Science' },
    ...{ time_limit_ms: 20_000, points: 1_000 },
    ...change,
  };
}

export function asking(kind: QuestionKind = 'single', change: Partial<View> = {}): View {
  const hasChoices = ['single', 'multiple', 'poll', 'order'].includes(kind);
  const truths = [
    { id: 'true', text: 'True' },
    { id: 'false', text: 'False' },
  ];
  return sampleView({
    phase: 'question',
    question: sampleQuestion(kind),
    choices: hasChoices ? samplePlanets : kind === 'true_false' ? truths : [],
    closes_at: performance.now() + 15_000,
    ...change,
  });
}

export function sampleLine(nickname: string, rank: number, score: number) {
  return { rank, user_id: nickname.toLowerCase(), nickname, score, correct: 1, answered: 1, mean_ms: 1_200 };
}

export function revealing(kind: QuestionKind = 'single', reveal: Partial<RoundReveal> = {}): View {
  const told: RoundReveal = {
    ...{ round: 1, correct: ['a'], counts: { a: 2, d: 1 }, answered: 3, explanation: 'It has the most mass.' },
    leaderboard: [sampleLine('Ann', 1, 967), sampleLine('Bob', 2, 0)],
    ...reveal,
  };
  return asking(kind, {
    phase: 'reveal',
    reveal: told,
    closes_at: null,
    you: { ...sampleView().you, score: 967, rank: 1, last: { round: 1, correct: true, points: 967 } },
  });
}
