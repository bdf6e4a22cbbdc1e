/** `feedback: instant`: scores while the round still runs, from the feed of accepted answers. Only told, never stored: the
 * reveal computes the accounts anew from the same answers by the same function. */
import { type Answer, newcomer, resultOf } from '@partyline/core';
import type { LedParty } from './led-party.ts';

/** A telling lists at most this many changed scores; each player's own comes with the ack. */
const listed = 100;

export function foldFeed(led: LedParty, feed: Answer[]): void {
  const question = led.quiz.questions[led.party.current_round - 1];
  if (question === undefined) return;
  const { live } = led;
  live.fed += feed.length;
  for (const answer of feed) {
    const player = led.players.get(answer.user_id);
    if (player === undefined || live.scores.has(answer.user_id)) continue;
    const before = led.standings.get(answer.user_id) ?? newcomer;
    const { extra_time_percent } = player;
    const result = resultOf(question, led.party.settings, {
      answer,
      streak: before.streak,
      extra_time_percent,
      closest: 0,
    });
    live.scores.set(answer.user_id, before.score + result.points);
    if (result.points > 0) live.untold.add(answer.user_id);
  }
}

/** Changed scores not told yet, highest first. Taking them counts as telling. */
export function liveScores({ live }: LedParty): { user_id: string; score: number }[] {
  const scores = [...live.untold].map((user_id) => ({ user_id, score: live.scores.get(user_id) ?? 0 }));
  live.untold.clear();
  return scores.sort((a, b) => b.score - a.score).slice(0, listed);
}
