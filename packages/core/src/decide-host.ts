/** What a host may do, and when. The same message id of the same sender gets the reply it got before and does nothing. */
import type { HostCommand } from './command.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { PartyEvent } from './event.ts';
import { afterRound, moreExtraTime, resumed, roundClosed, roundOpened } from './moves.ts';
import type { Party, Paused, RefusalCode, SettledCommand } from './party.ts';
import type { Player } from './player.ts';

type Refusal = { code: RefusalCode; detail: string };
type Outcome = PartyEvent[] | Refusal;

export function decideHost(party: Party, command: HostCommand, at: Circumstances): Decision {
  const before = party.settled.find((settled) => settled.id === command.id && settled.by === command.by);
  if (before !== undefined) return { events: [], reply: before };
  if (command.action.type === 'take_control') {
    return { events: [{ type: 'control_taken', session: command.session, from: party.controller }], reply: null };
  }
  const outcome = act(party, command, at);
  const refused = Array.isArray(outcome) ? null : outcome;
  const settled: SettledCommand = { id: command.id, by: command.by, refused };
  const events = Array.isArray(outcome) ? outcome : [];
  return { events: [...events, { type: 'command_settled', settled }], reply: settled };
}

function act(party: Party, { action, session }: HostCommand, at: Circumstances): Outcome {
  if (party.phase.name === 'finished') return notAllowed('the party is over');
  if (party.controller !== null && party.controller !== session)
    return notAllowed('another screen of the host has control');
  switch (action.type) {
    case 'take_control':
      return [];
    case 'start':
      return start(party, at);
    case 'next':
      return next(party, at);
    case 'skip':
      return skip(party, at);
    case 'pause':
      return pause(party, at);
    case 'resume':
      return party.phase.name === 'paused' ? resume(party.phase, at) : notAllowed('the party is not paused');
    case 'extend':
      return extend(party, action.seconds);
    case 'lock':
      return party.locked ? [] : [{ type: 'locked' }];
    case 'unlock':
      return party.locked ? [{ type: 'unlocked' }] : [];
    case 'kick':
    case 'ban':
      return remove(party, at, { user_id: action.user_id, banned: action.type === 'ban' });
    case 'approve':
      return approve(party, at, action.user_id);
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
    return [resumed(phase, at.now), roundClosed(phase.was, at.now, 'skip')];
  }
  return notAllowed('only an open question can be skipped');
}

function pause(party: Party, at: Circumstances): Outcome {
  const { phase } = party;
  if (phase.name === 'question') return [{ type: 'paused', at: Math.max(at.now, phase.opens_at) }];
  return phase.name === 'reveal'
    ? [{ type: 'paused', at: at.now }]
    : notAllowed('only a question or a reveal can be paused');
}

function resume(phase: Paused, at: Circumstances): PartyEvent[] {
  const back = resumed(phase, at.now);
  if (phase.was.name !== 'question') return [back];
  const { opens_at, closes_at } = phase.was;
  const again = { ...phase.was, opens_at: opens_at + back.shift_ms, closes_at: closes_at + back.shift_ms };
  return [back, ...moreExtraTime(again, at.players.values(), at.quiz)];
}

function extend(party: Party, seconds: number): Outcome {
  const { phase } = party;
  if (phase.name !== 'question') return notAllowed('only an open question can be extended');
  if (!Number.isFinite(seconds) || seconds <= 0) return invalid('seconds must be a number above 0');
  const closes_at = phase.closes_at + seconds * 1000;
  return [{ type: 'round_extended', round: phase.round, opens_at: phase.opens_at, closes_at, compensated_until: null }];
}

/** The host of a quick party is one of its players; without its host nobody could end it. */
function remove(party: Party, at: Circumstances, { user_id, banned }: { user_id: string; banned: boolean }): Outcome {
  const player = at.players.get(user_id);
  if (player === undefined) return invalid('no such player');
  if (user_id === party.owner_id) return notAllowed('the host cannot be removed');
  return [{ type: 'player_removed', user_id, banned, was_waiting: player.status === 'waiting' }];
}

function approve(party: Party, at: Circumstances, user_id: string): Outcome {
  const waiting = at.players.get(user_id);
  if (waiting === undefined) return invalid('no such player');
  if (waiting.status === 'playing') return [];
  const player: Player = { ...waiting, status: 'playing' };
  const extra = party.phase.name === 'question' ? moreExtraTime(party.phase, [player], at.quiz) : [];
  return [{ type: 'player_approved', player }, ...extra];
}

function end(party: Party, at: Circumstances): Outcome {
  const { phase } = party;
  if (phase.name === 'question') return [roundClosed(phase, at.now, 'end')];
  if (phase.name === 'closing') return notAllowed('the round is being scored: send it again in a moment');
  if (phase.name === 'paused' && phase.was.name === 'question') {
    return [resumed(phase, at.now), roundClosed(phase.was, at.now, 'end')];
  }
  return [{ type: 'finished', at: at.now, reason: 'ended' }];
}

function notAllowed(detail: string): Refusal {
  return { code: 'not_allowed', detail };
}

function invalid(detail: string): Refusal {
  return { code: 'invalid', detail };
}
