/** What a leader asks the store about a party's crowd at a look, and what it makes of the answer. */
import { type Command, type Gathered, isScored, type PartyStore } from '@partyline/core';
import type { LedParty } from './led-party.ts';
import { foldFeed, liveScores } from './live-scores.ts';

export function lookAt(led: LedParty): Parameters<PartyStore['gather']>[1] {
  const { phase, settings } = led.party;
  if (phase.name !== 'question') return { round: 0, counts: false, feed_from: null };
  return {
    round: phase.round,
    counts: showsVotesLive(led),
    feed_from: settings.feedback === 'instant' ? led.live.fed : null,
  };
}

/** What the crowd has done, as commands. Somebody must be there to be told how many have answered. */
export function crowdCommands(led: LedParty, gathered: Gathered): Command[] {
  const commands: Command[] = gathered.inbox.map((item) =>
    item.type === 'joined' ? item : { type: 'host', command: item.command },
  );
  const { phase } = led.party;
  if (phase.name === 'question') {
    const { round } = phase;
    foldFeed(led, gathered.feed);
    const counts = showsVotesLive(led) ? gathered.counts : null;
    if (gathered.attendance.hosts > 0 || counts !== null) {
      commands.push({ type: 'answers', round, answered: gathered.answered, counts });
    }
    const scores = liveScores(led);
    if (scores.length > 0) commands.push({ type: 'live_scores', round, scores });
  }
  commands.push({ type: 'attendance', attendance: gathered.attendance });
  return commands;
}

function showsVotesLive({ party, quiz }: LedParty): boolean {
  const question = quiz.questions[party.current_round - 1];
  return party.settings.show_vote_results === 'live' && question !== undefined && !isScored(question);
}
