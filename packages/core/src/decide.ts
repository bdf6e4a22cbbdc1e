/**
 * What a command leads to: the facts it makes true, or a refusal. Nothing is changed here; `evolve` applies the facts.
 * Rules P and T of SPEC.md.
 */
import type { Attendance, Command } from './command.ts';
import { decideHost } from './decide-host.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { PartyEvent } from './event.ts';
import { afterRound, moreExtraTime, resumed, roundClosed, roundOpened } from './moves.ts';
import type { Party } from './party.ts';
import type { Player } from './player.ts';
import { isScored } from './question.ts';
import { shownCounts } from './shown-counts.ts';
import { areScoresShown } from './view.ts';

/** How long after the deadline an answer that was on its way is still taken, ms. */
export const graceMs = 250;

/** How exactly the beginning of an outage is known, ms: nodes look once a second. */
const outageBlurMs = 1_500;

export function decide(party: Party, command: Command, at: Circumstances): Decision {
  if (command.type === 'host') return decideHost(party, command.command, at);
  return { events: observed(party, command, at), reply: null };
}

function observed(party: Party, command: Exclude<Command, { type: 'host' }>, at: Circumstances): PartyEvent[] {
  if (command.type === 'archived') return archived(party, command.round);
  if (party.phase.name === 'finished') return command.type === 'results_saved' ? saved(party) : [];
  switch (command.type) {
    case 'tick':
      return tick(party, at);
    case 'joined':
      return joined(party, command.player, at);
    case 'attendance':
      return attended(party, command.attendance, at);
    case 'answers':
      return counted(party, command, at);
    case 'live_scores':
      return scoresChanged(party, command);
    case 'outage':
      return compensated(party, command);
    case 'scored':
      return scored(party, command, at);
    case 'abandoned':
      return abandoned(party, at);
    case 'results_saved':
      return [];
  }
}

/** The next instant at which time alone moves the party; null where it waits for somebody. */
export function dueAt(party: Party): number | null {
  switch (party.phase.name) {
    case 'question':
      return party.phase.closes_at + party.phase.extra_ms + graceMs;
    case 'reveal':
      return party.phase.next_at;
    case 'lobby':
    case 'closing':
    case 'paused':
    case 'finished':
      return null;
  }
}

function tick(party: Party, at: Circumstances): PartyEvent[] {
  const due = dueAt(party);
  if (due === null || at.now < due) return [];
  if (party.phase.name === 'question') return [roundClosed(party.phase, at.now, 'deadline')];
  return party.phase.name === 'reveal' ? afterRound(party, party.phase.round, at) : [];
}

/** A join may be told again, and is not counted again. A leader that has just taken over has read players whose joins it is
 * still to be told: they are known and not counted yet, so there are more players than the totals say. */
function joined(party: Party, player: Player, at: Circumstances): PartyEvent[] {
  const isEverybodyCounted = at.players.size <= party.players_total + party.waiting_total;
  if (at.players.has(player.user_id) && isEverybodyCounted) return [];
  const isWaiting = player.status === 'waiting';
  return [
    {
      type: 'lobby_changed',
      joined: [player],
      left: [],
      players_total: party.players_total + (isWaiting ? 0 : 1),
      waiting_total: party.waiting_total + (isWaiting ? 1 : 0),
    },
    ...(party.phase.name === 'question' ? moreExtraTime(party.phase, [player], at.quiz) : []),
  ];
}

function attended(party: Party, attendance: Attendance, at: Circumstances): PartyEvent[] {
  const { phase, settings } = party;
  if (phase.name === 'lobby') {
    const isAnybodyHere = attendance.players + attendance.hosts + attendance.spectators > 0;
    if (!isAnybodyHere) return [];
    const initialized: PartyEvent[] = party.initialized ? [] : [{ type: 'initialized' }];
    return settings.start === 'on_connect' ? [...initialized, roundOpened(1, at)] : initialized;
  }
  if (phase.name !== 'question' || !settings.advance_when_all_answered) return [];
  const haveAllAnswered = attendance.players > 0 && attendance.all_answered_round === phase.round;
  return haveAllAnswered ? [roundClosed(phase, at.now, 'all_answered')] : [];
}

function counted(party: Party, command: Extract<Command, { type: 'answers' }>, at: Circumstances): PartyEvent[] {
  const { round, answered } = command;
  if (party.phase.name !== 'question' || party.phase.round !== round || answered === party.answered_told) return [];
  const question = at.quiz.questions[round - 1];
  // What the crowd thinks of a question with a right answer tells the answer.
  const isVote = question !== undefined && !isScored(question);
  const counts =
    isVote && party.settings.show_vote_results === 'live' && command.counts !== null
      ? shownCounts(command.counts, { question, settings: party.settings })
      : null;
  return [{ type: 'answers_counted', round, answered, counts }];
}

function scoresChanged(party: Party, { round, scores }: Extract<Command, { type: 'live_scores' }>): PartyEvent[] {
  if (party.phase.name !== 'question' || party.phase.round !== round || scores.length === 0) return [];
  if (party.settings.feedback !== 'instant' || !areScoresShown(party)) return [];
  return [{ type: 'scores_changed', round, scores }];
}

/** Gives the running question back the time in which nobody could answer: window and clock move on together. An outage is
 * to be reported before anything else that came with it, or the clock closes the round that it should lengthen. */
function compensated(party: Party, { from, to }: { from: number; to: number }): PartyEvent[] {
  const { phase } = party;
  const due = dueAt(party);
  if (phase.name !== 'question' || due === null || from >= due) return [];
  // A turn well inside it: one node was cut off, and the party went on elsewhere.
  if (party.turned_at > from + outageBlurMs && party.turned_at < to) return [];
  const lost = to - Math.max(from, phase.opens_at, party.compensated_until);
  if (lost <= 0) return [];
  const opens_at = phase.opens_at + lost;
  return [
    { type: 'round_extended', round: phase.round, opens_at, closes_at: phase.closes_at + lost, compensated_until: to },
  ];
}

function scored(party: Party, command: Extract<Command, { type: 'scored' }>, at: Circumstances): PartyEvent[] {
  const { phase } = party;
  if (phase.name !== 'closing' || phase.round !== command.round) return [];
  if (phase.cause === 'skip')
    return [{ type: 'round_skipped', round: phase.round }, ...afterRound(party, phase.round, at)];
  const next_at = party.settings.pacing === 'auto' ? at.now + party.settings.reveal_seconds * 1000 : null;
  const { settings } = party;
  const question = at.quiz.questions[phase.round - 1];
  const reveal = { ...command.reveal, counts: shownCounts(command.reveal.counts, { question, settings }) };
  const leaderboard = command.ranking.leaderboard.filter((line) => at.players.has(line.user_id));
  const ranking = { ...command.ranking, leaderboard };
  const revealed: PartyEvent = { type: 'round_revealed', reveal, ranking, next_at };
  if (phase.cause === 'end') return [revealed, { type: 'finished', at: at.now, reason: 'ended' }];
  if (phase.cause === 'abandoned') return [revealed, { type: 'finished', at: at.now, reason: 'abandoned' }];
  return [revealed];
}

/** Everybody is gone for good. What has been answered still counts: an open question is closed and scored first. */
function abandoned(party: Party, at: Circumstances): PartyEvent[] {
  const { phase } = party;
  if (phase.name === 'closing') return [];
  if (phase.name === 'question') return [roundClosed(phase, at.now, 'abandoned')];
  if (phase.name === 'paused' && phase.was.name === 'question') {
    return [resumed(phase, at.now), roundClosed(phase.was, at.now, 'abandoned')];
  }
  return [{ type: 'finished', at: at.now, reason: 'abandoned' }];
}

function archived(party: Party, round: number): PartyEvent[] {
  return round > party.archived_through ? [{ type: 'round_archived', round }] : [];
}

function saved(party: Party): PartyEvent[] {
  return party.phase.name === 'finished' && party.phase.results === 'pending' ? [{ type: 'results_saved' }] : [];
}
