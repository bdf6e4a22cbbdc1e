/** A closed round read, scored and written back: every player's new account, and what everybody is shown. */
import {
  type Closing,
  type Command,
  correctShown,
  leaderboard,
  type PartyStore,
  type Ranking,
  type Reveal,
  scoreRound,
  teamLeaderboard,
  withGains,
} from '@partyline/core';
import { answersOf, type ClosedRound } from './closed-round.ts';
import type { LedParty } from './led-party.ts';

/** How many lines the ranking keeps; screens show fewer. */
const rankingLines = 100;
const chunk = 1_000;

export interface ScoredRound {
  command: Extract<Command, { type: 'scored' }>;
  closed: ClosedRound;
}

/** null where somebody else leads by now. Writing the same round twice writes the same accounts. */
export async function closeRound(led: LedParty, closing: Closing, store: PartyStore): Promise<ScoredRound | null> {
  const { party, quiz } = led;
  const question = quiz.questions[closing.round - 1];
  if (question === undefined) throw new RangeError(`round ${closing.round} has no question`);
  const answers = await answersOf(store, party.party_id, closing.round);
  const counts = await store.tally(party.party_id, closing.round);
  const standings = scoreRound({
    question,
    settings: party.settings,
    skipped: closing.cause === 'skip',
    players: led.players.values(),
    answers,
    standings: led.standings,
  });
  const lines = [...standings];
  for (let from = 0; from < lines.length; from += chunk) {
    const isOurs = await store.writeStandings(
      party.party_id,
      led.fence,
      closing.round,
      lines.slice(from, from + chunk),
    );
    if (!isOurs) return null;
  }
  const reveal: Reveal = {
    round: closing.round,
    correct: correctShown(question),
    counts,
    answered: answers.size,
    explanation: question.explanation ?? null,
  };
  const ranking: Ranking = {
    leaderboard: withGains(leaderboard(standings, led.players, rankingLines), {
      before: led.standings,
      after: standings,
    }),
    teams: party.settings.teams === null ? [] : teamLeaderboard(standings, led.players),
  };
  const { round } = closing;
  return { command: { type: 'scored', round, reveal, ranking }, closed: { round, answers, counts, standings } };
}
