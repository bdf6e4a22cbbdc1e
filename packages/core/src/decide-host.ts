/** What a host may do, and when. The same message id of the same sender gets the reply it got before and does nothing. */
import type { HostAction, HostCommand } from './command.ts';
import type { Circumstances, Decision } from './decide.ts';
import type { PartyEvent } from './event.ts';
import { afterRound, roundClosed, roundOpened } from './moves.ts';
import type { Party, RefusalCode, SettledCommand } from './party.ts';

type Refusal = { code: RefusalCode; detail: string };
type Outcome = PartyEvent[] | Refusal;

export function decideHost(party: Party, command: HostCommand, at: Circumstances): Decision {
  const before = party.settled.find((settled) => settled.id === command.id && settled.by === command.by);
  if (before !== undefined) return { events: [], reply: before };
  const outcome = party.phase.name === 'finished' ? notAllowed('the party is over') : act(party, command.action, at);
  const refused = Array.isArray(outcome) ? null : outcome;
  const settled: SettledCommand = { id: command.id, by: command.by, refused };
  const events = Array.isArray(outcome) ? outcome : [];
  return { events: [...events, { type: 'command_settled', settled }], reply: settled };
}

function act(party: Party, action: HostAction, at: Circumstances): Outcome {
  switch (action.type) {
    case 'start':
      return start(party, at);
    case 'next':
      return next(party, at);
    case 'skip':
      return skip(party, at);
    case 'pause':
      return pause(party, at);
    case 'resume':
      return party.phase.name === 'paused'
        ? [{ type: 'resumed', shift_ms: at.now - party.phase.paused_at }]
        : notAllowed('the party is not paused');
    case 'extend':
      return extend(party, action.seconds);
    case 'lock':
      return party.locked ? [] : [{ type: 'locked' }];
    case 'unlock':
      return party.locked ? [{ type: 'unlocked' }] : [];
    case 'kick':
    case 'ban':
      return remove(at, action.user_id, action.type);
    case 'approve':
      return approve(at, action.user_id);
    case 'end':
      return end(party, at);
  }
}

function start(party: Party, at: Circumstances): Outcome {
  if (party.phase.name !== 'lobby') return notAllowed('the party has already started');
  const initialized: PartyEvent[] = party.initialized ? [] : [{ type: 'initialized' }];
  return [...initialized, roundOpened(1, at)];
}

/** Moves on by one step: from the lobby to round 1, from a question to its reveal, from a reveal to what follows. */
function next(party: Party, at: Circumstances): Outcome {
  switch (party.phase.name) {
    case 'lobby':
      return start(party, at);
    case 'question':
      return [roundClosed(party.phase, at.now, 'next')];
    case 'reveal':
      return afterRound(party, party.phase.round, at);
    case 'closing':
      return [];
    case 'paused':
      return notAllowed('the party is paused: resume it first');
    case 'finished':
      return notAllowed('the party is over');
  }
}

function skip(party: Party, at: Circumstances): Outcome {
  const { phase } = party;
  if (phase.name === 'question') return [roundClosed(phase, at.now, 'skip')];
  if (phase.name === 'paused' && phase.was.name === 'question') {
    return [{ type: 'resumed', shift_ms: at.now - phase.paused_at }, roundClosed(phase.was, at.now, 'skip')];
  }
  return notAllowed('only an open question can be skipped');
}

function pause(party: Party, at: Circumstances): Outcome {
  const { phase } = party;
  return phase.name === 'question' || phase.name === 'reveal'
    ? [{ type: 'paused', at: at.now }]
    : notAllowed('only a question or a reveal can be paused');
}

function extend(party: Party, seconds: number): Outcome {
  const { phase } = party;
  if (phase.name !== 'question') return notAllowed('only an open question can be extended');
  const closes_at = phase.closes_at + seconds * 1000;
  return [{ type: 'round_extended', round: phase.round, opens_at: phase.opens_at, closes_at, compensated_until: null }];
}

function remove(at: Circumstances, user_id: string, how: 'kick' | 'ban'): Outcome {
  const player = at.players.get(user_id);
  if (player === undefined) return invalid('no such player');
  return [{ type: 'player_removed', user_id, banned: how === 'ban', was_waiting: player.status === 'waiting' }];
}

function approve(at: Circumstances, user_id: string): Outcome {
  const player = at.players.get(user_id);
  if (player === undefined) return invalid('no such player');
  return player.status === 'playing' ? [] : [{ type: 'player_approved', player: { ...player, status: 'playing' } }];
}

function end(party: Party, at: Circumstances): Outcome {
  const { phase } = party;
  if (phase.name === 'question') return [roundClosed(phase, at.now, 'end')];
  if (phase.name === 'closing') return notAllowed('the round is being scored: send it again in a moment');
  if (phase.name === 'paused' && phase.was.name === 'question') {
    return [{ type: 'resumed', shift_ms: at.now - phase.paused_at }, roundClosed(phase.was, at.now, 'end')];
  }
  return [{ type: 'finished', at: at.now, reason: 'ended' }];
}

function notAllowed(detail: string): Refusal {
  return { code: 'not_allowed', detail };
}

function invalid(detail: string): Refusal {
  return { code: 'invalid', detail };
}
