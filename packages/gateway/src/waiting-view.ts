/** What the waiting room shows: which party this is and that it is known, nothing of what is played in it. */
import type { PartyView } from '@partyline/core';

/** `view` is the JSON text that players see. */
export function waitingView(view: string): string {
  const { counts: _counts, teams: _teams, ...shown } = JSON.parse(view) as PartyView;
  const nothing = { players: [], question: null, choices: [], answered: 0, reveal: null, leaderboard: [] };
  return JSON.stringify({ ...shown, ...nothing });
}
