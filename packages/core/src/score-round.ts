/** A closed round turned into new standings: every player's account after it, from the accounts before it and the answers. */
import type { Answer } from './answer.ts';
import { rankStandings } from './leaderboard.ts';
import { newcomer, type Player, type RoundResult, type Standing } from './player.ts';
import { isScored, type Question } from './question.ts';
import { closestDistance, type Judgement, judge, pointsFor, streakBonus } from './scoring.ts';
import type { Settings } from './settings.ts';

export interface ClosedRound {
  question: Question;
  settings: Pick<Settings, 'scoring' | 'streak_bonus'>;
  /** Skipped rounds keep every account as it was. */
  skipped: boolean;
  players: Iterable<Player>;
  answers: ReadonlyMap<string, Answer>;
  /** Accounts after the round before; a missing one is a newcomer's. */
  standings: ReadonlyMap<string, Standing>;
}

/** New accounts by user id, ranked. Only players count: an answer of somebody who was removed earns nothing, and takes the
 * closest number from nobody. */
export function scoreRound(round: ClosedRound): Map<string, Standing> {
  const playing = [...round.players].filter((player) => player.status === 'playing');
  const closest = closestOf(round, playing);
  const after = new Map<string, Standing>();
  for (const player of playing) {
    const before = round.standings.get(player.user_id) ?? newcomer;
    const answer = round.answers.get(player.user_id) ?? null;
    after.set(player.user_id, accountAfter(round, { before, answer, player, closest }));
  }
  return rankStandings(after);
}

/** The result of one answer on its own. For `number` without tolerance it needs the closest distance of all answers. */
export function resultOf(
  question: Question,
  settings: Pick<Settings, 'scoring' | 'streak_bonus'>,
  at: { answer: Answer; streak: number; extra_time_percent: number; closest: number },
): RoundResult {
  const judgement = judgeAmongAll(question, at.answer, at.closest);
  if (judgement === null) return { answered: true, correct: null, points: 0 };
  // Extra time stretches a player's clock, so that the same effort earns the same points.
  const elapsed_ms = (at.answer.elapsed_ms * 100) / (100 + at.extra_time_percent);
  const points = pointsFor(question, settings.scoring, { judgement, elapsed_ms });
  const hasBonus = settings.streak_bonus && judgement.complete && settings.scoring !== 'none' && question.points > 0;
  const bonus = hasBonus ? streakBonus(at.streak + 1) : 0;
  return { answered: true, correct: judgement.complete, points: points + bonus };
}

function accountAfter(
  round: ClosedRound,
  at: { before: Standing; answer: Answer | null; player: Player; closest: number },
): Standing {
  const { before, answer } = at;
  const { question } = round;
  const nothing: RoundResult = { answered: answer !== null, correct: null, points: 0 };
  if (round.skipped) return { ...before, last: nothing };
  if (answer === null) return { ...before, streak: isScored(question) ? 0 : before.streak, last: nothing };
  const last = resultOf(question, round.settings, {
    answer,
    streak: before.streak,
    extra_time_percent: at.player.extra_time_percent,
    closest: at.closest,
  });
  return {
    score: before.score + last.points,
    correct: before.correct + (last.correct === true ? 1 : 0),
    answered: before.answered + 1,
    streak: last.correct === null ? before.streak : last.correct ? before.streak + 1 : 0,
    answered_ms: before.answered_ms + answer.elapsed_ms,
    correct_ms: before.correct_ms + (last.correct === true ? answer.elapsed_ms : 0),
    rank: before.rank,
    last,
  };
}

function judgeAmongAll(question: Question, answer: Answer, closest: number): Judgement | null {
  if (question.key.kind !== 'number' || question.key.tolerance !== null) return judge(question, answer.choice);
  const wins = typeof answer.choice === 'number' && Math.abs(answer.choice - question.key.answer) === closest;
  return { complete: wins, right: wins ? 1 : 0, of: 1 };
}

function closestOf({ question, answers }: ClosedRound, playing: Player[]): number {
  if (question.key.kind !== 'number') return 0;
  const choices = playing.map((player) => answers.get(player.user_id)?.choice ?? null);
  return closestDistance(question.key.answer, choices);
}
