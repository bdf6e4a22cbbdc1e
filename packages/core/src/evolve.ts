/** A party after a fact. Total: every event applies to every party it can be decided for, and nothing is refused here. */
import type { PartyEvent } from './event.ts';
import type { Party, Phase } from './party.ts';

/** How many settled commands are remembered, so that a repeated message id gets its old reply. */
const settledKept = 64;

export function evolve(party: Party, event: PartyEvent): Party {
  switch (event.type) {
    case 'initialized':
      return { ...party, initialized: true };
    case 'lobby_changed':
      return { ...party, players_total: event.players_total, waiting_total: event.waiting_total };
    case 'player_approved':
      return { ...party, players_total: party.players_total + 1, waiting_total: party.waiting_total - 1 };
    case 'player_removed':
      return removed(party, event);
    case 'control_taken':
      return { ...party, controller: event.session };
    case 'locked':
      return { ...party, locked: true };
    case 'unlocked':
      return { ...party, locked: false };
    case 'round_opened':
      return opened(party, event);
    case 'round_extended':
      return extended(party, event);
    case 'answers_counted':
      return { ...party, answered_told: event.answered, counts_told: event.counts };
    case 'scores_changed':
      return party;
    case 'round_closed':
      return closed(party, event);
    case 'round_skipped':
      return { ...party, skipped_rounds: [...party.skipped_rounds, event.round] };
    case 'round_revealed': {
      const { reveal, next_at } = event;
      return { ...party, ranking: event.ranking, phase: { name: 'reveal', round: reveal.round, next_at, reveal } };
    }
    case 'paused':
      return paused(party, event.at);
    case 'resumed':
      return resumed(party, event.shift_ms);
    case 'finished':
      return {
        ...party,
        phase: { name: 'finished', ended_at: event.at, reason: event.reason, results: 'pending' },
      };
    case 'round_archived':
      return { ...party, archived_through: Math.max(party.archived_through, event.round) };
    case 'results_saved':
      return party.phase.name === 'finished' ? { ...party, phase: { ...party.phase, results: 'saved' } } : party;
    case 'command_settled':
      return { ...party, settled: [...party.settled, event.settled].slice(-settledKept) };
  }
}

function opened(
  party: Party,
  { round, opens_at, closes_at, extra_ms }: Extract<PartyEvent, { type: 'round_opened' }>,
): Party {
  return {
    ...party,
    started_at: party.started_at ?? opens_at,
    current_round: round,
    answered_told: 0,
    counts_told: null,
    phase: { name: 'question', round, opens_at, closes_at, extra_ms },
  };
}

function extended(party: Party, event: Extract<PartyEvent, { type: 'round_extended' }>): Party {
  if (party.phase.name !== 'question') return party;
  const { opens_at, closes_at } = event;
  return {
    ...party,
    compensated_until: event.compensated_until ?? party.compensated_until,
    phase: { ...party.phase, opens_at, closes_at, extra_ms: event.extra_ms ?? party.phase.extra_ms },
  };
}

function closed(party: Party, { round, closed_at, cause }: Extract<PartyEvent, { type: 'round_closed' }>): Party {
  if (party.phase.name !== 'question') return party;
  const { opens_at } = party.phase;
  const windows = [...party.windows.slice(0, round - 1), { opened_at: opens_at, closed_at }];
  return { ...party, windows, phase: { name: 'closing', round, opens_at, closed_at, cause } };
}

function paused(party: Party, at: number): Party {
  const { phase } = party;
  if (phase.name !== 'question' && phase.name !== 'reveal') return party;
  return { ...party, phase: { name: 'paused', paused_at: at, was: phase } };
}

/** What stood still cannot have been lost as well: an outage inside the pause is not given back again. */
function resumed(party: Party, shift_ms: number): Party {
  if (party.phase.name !== 'paused') return party;
  const { paused_at, was } = party.phase;
  const compensated_until = Math.max(party.compensated_until, paused_at + shift_ms);
  return { ...party, compensated_until, phase: shifted(was, shift_ms) };
}

/** Whoever is removed leaves the screens at once; the others' ranks are counted anew with the next scored round. */
function removed(party: Party, { user_id, was_waiting }: Extract<PartyEvent, { type: 'player_removed' }>): Party {
  if (was_waiting) return { ...party, waiting_total: party.waiting_total - 1 };
  const leaderboard = party.ranking.leaderboard.filter((line) => line.user_id !== user_id);
  return { ...party, players_total: party.players_total - 1, ranking: { ...party.ranking, leaderboard } };
}

/** A phase moved on in time, as if the pause had not been. */
function shifted<P extends Extract<Phase, { name: 'question' | 'reveal' }>>(phase: P, shift_ms: number): Phase {
  if (phase.name === 'question') {
    return { ...phase, opens_at: phase.opens_at + shift_ms, closes_at: phase.closes_at + shift_ms };
  }
  return { ...phase, next_at: phase.next_at === null ? null : phase.next_at + shift_ms };
}
