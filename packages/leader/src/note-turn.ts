/**
 * What debug mode shows of a committed turn: a line for each thing that has happened, in the order it was told. Counts and
 * numbers only: user ids of quick parties may be names, and those have no place in a log.
 */
import type { PartyEvent } from '@partyline/core';
import type { LedParty } from './led-party.ts';
import type { Log } from './observe.ts';

/** `state`: after the turn. Costs one look at the level where nobody wants to know. */
export function noteTurn(log: Log, { party, seq }: Pick<LedParty, 'party' | 'seq'>, events: PartyEvent[]): void {
  if (!log.isLevelEnabled('debug')) return;
  const { party_id, current_round, phase } = party;
  for (const event of events) {
    log.debug({ party_id, seq, phase: phase.name, round: current_round, ...factsOf(event) }, event.type);
  }
}

/** A `round` in here is the event's own, where it may be another than the running one. */
function factsOf(event: PartyEvent): object {
  switch (event.type) {
    case 'lobby_changed': {
      const { joined, left, players_total, waiting_total } = event;
      return { joined: joined.length, left: left.length, players_total, waiting_total };
    }
    case 'player_removed':
      return { banned: event.banned };
    case 'control_taken':
      return { session: event.session };
    case 'round_opened':
      return { round: event.round, open_ms: event.closes_at - event.opens_at };
    case 'round_closed':
      return { round: event.round, cause: event.cause };
    case 'answers_counted':
      return { round: event.round, answered: event.answered };
    case 'scores_changed':
      return { round: event.round, players: event.scores.length };
    case 'round_revealed':
      return { round: event.reveal.round };
    case 'round_extended':
    case 'round_skipped':
    case 'round_archived':
      return { round: event.round };
    case 'finished':
      return { reason: event.reason };
    case 'command_settled':
      return { command_id: event.settled.id, refused: event.settled.refused?.code ?? null };
    case 'initialized':
    case 'player_approved':
    case 'locked':
    case 'unlocked':
    case 'paused':
    case 'resumed':
    case 'results_saved':
      return {};
  }
}
