/** A party as it is the moment it is opened: in its lobby, round 1 in place, nobody ranked. */
import type { Party } from './party.ts';

export type PartyOpening = Pick<
  Party,
  | 'party_id'
  | 'game_id'
  | 'room_code'
  | 'kind'
  | 'title'
  | 'owner_id'
  | 'person_key'
  | 'created_at'
  | 'settings'
  | 'rounds'
  | 'players_total'
>;

export function openParty(opening: PartyOpening): Party {
  return {
    ...opening,
    started_at: null,
    current_round: 1,
    phase: { name: 'lobby' },
    ranking: { leaderboard: [], teams: [] },
    initialized: false,
    locked: false,
    waiting_total: 0,
    answered_told: 0,
    counts_told: null,
    skipped_rounds: [],
    windows: [],
    archived_through: 0,
    turned_at: opening.created_at,
    compensated_until: 0,
    controller: null,
    settled: [],
  };
}
