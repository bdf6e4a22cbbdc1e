/** What has happened to a party: facts, told to nobody before they are committed. */
import type { Closing, Finished, Ranking, Reveal, SettledCommand } from './party.ts';
import type { Player } from './player.ts';

export type PartyEvent =
  | { type: 'initialized' }
  | { type: 'lobby_changed'; joined: Player[]; left: string[]; players_total: number; waiting_total: number }
  | { type: 'player_approved'; player: Player }
  | { type: 'player_removed'; user_id: string; banned: boolean; was_waiting: boolean }
  /** `from`: the screen that had it; null where none did. */
  | { type: 'control_taken'; session: string; from: string | null }
  | { type: 'locked' }
  | { type: 'unlocked' }
  | { type: 'round_opened'; round: number; opens_at: number; closes_at: number; extra_ms: number }
  /** The window of the running question moved; `extra_ms` where somebody with more extra time has come in. */
  | {
      type: 'round_extended';
      round: number;
      opens_at: number;
      closes_at: number;
      extra_ms?: number;
      compensated_until: number | null;
    }
  | { type: 'answers_counted'; round: number; answered: number; counts: Record<string, number> | null }
  | { type: 'scores_changed'; round: number; scores: { user_id: string; score: number }[] }
  | { type: 'round_closed'; round: number; closed_at: number; cause: Closing['cause'] }
  | { type: 'round_skipped'; round: number }
  | { type: 'round_revealed'; reveal: Reveal; ranking: Ranking; next_at: number | null }
  | { type: 'paused'; at: number }
  | { type: 'resumed'; shift_ms: number }
  | { type: 'finished'; at: number; reason: Finished['reason'] }
  | { type: 'round_archived'; round: number }
  | { type: 'results_saved' }
  | { type: 'command_settled'; settled: SettledCommand };
