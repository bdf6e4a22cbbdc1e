/**
 * What has happened, as it is told: events of one turn turned into frames with their audience, each encoded once. The only
 * place of the leader that knows the wire.
 */
import {
  type Audience,
  areScoresShown,
  type Envelope,
  type PartyEvent,
  questionFor,
  replyAddress,
  type SettledCommand,
  scoredRound,
  shownRanking,
  shownReveal,
} from '@partyline/core';
import { encodeFrame, type ServerData, type ServerMessageType } from '@partyline/protocol';
import type { LedParty } from './led-party.ts';

/** How many newcomers one `lobby` names; the totals are always true. */
const namedNewcomers = 50;

interface Presented {
  /** The party after the whole turn. */
  after: LedParty;
  events: PartyEvent[];
  replies: SettledCommand[];
  now: number;
  /** How many inbox items the next turn will deal with, at once. */
  inbox_left: number;
}

interface Telling {
  type: ServerMessageType;
  audience: Audience;
  form: Envelope['form'];
  encode: (position: { epoch: number; seq: number }) => string;
}

/** Envelopes in order: first what happened, with a seq each, then the replies, which stand behind the last of them. */
export function present({ after, events, replies, now, inbox_left }: Presented): Envelope[] {
  const { epoch } = after;
  const tellings = [...tellLobby(after, events, inbox_left), ...events.flatMap((event) => tell(after, event, now))];
  const envelopes = tellings.map(({ type, audience, form, encode }, index): Envelope => {
    const seq = after.seq + index + 1;
    return {
      epoch,
      seq,
      type,
      audience,
      form,
      round: scoredRound(after.party),
      told_at: now,
      frame: encode({ epoch, seq }),
    };
  });
  const seq = after.seq + envelopes.length;
  return [...envelopes, ...replies.map((settled) => reply(after, settled, { seq, told_at: now }))];
}

function telling<T extends ServerMessageType>(
  type: T,
  data: ServerData<T>,
  how: { audience?: Audience; form?: Envelope['form'] } = {},
): Telling {
  const { audience = 'all', form = 'shared' } = how;
  return { type, audience, form, encode: (position) => encodeFrame(type, position, data) };
}

function tell(after: LedParty, event: PartyEvent, now: number): Telling[] {
  const { party } = after;
  switch (event.type) {
    case 'initialized':
      return [
        telling('party_initialized', {
          party_id: party.party_id,
          game_id: party.game_id,
          rounds: party.rounds,
          title: party.title,
        }),
      ];
    case 'locked':
    case 'unlocked':
      return [telling(event.type, {})];
    case 'player_removed':
      return [telling('player_removed', { user_id: event.user_id, banned: event.banned })];
    case 'round_opened':
      return tellQuestion(after, event);
    case 'round_extended':
      return [
        telling('extended', { round: event.round, closes_in_ms: left(event.closes_at, now), server_time_ms: now }),
      ];
    case 'answers_counted':
      return tellAnswered(after, event);
    case 'scores_changed':
      return areScoresShown(party) ? [telling('scores', { round: event.round, scores: event.scores })] : [];
    case 'round_revealed':
      return tellReveal(after, event, now);
    case 'round_skipped':
      return [telling('round_skipped', { round: event.round })];
    case 'paused':
      return [telling('paused', { round: party.current_round, closes_in_ms: remaining(after, event.at) })];
    case 'resumed':
      return [
        telling('resumed', { round: party.current_round, closes_in_ms: remaining(after, now), server_time_ms: now }),
      ];
    case 'finished':
      return tellFinished(after, event);
    case 'results_saved':
      return [telling('saved', { game_id: party.game_id, results: 'saved' }, { form: 'last' })];
    case 'control_taken':
      return tellControl(event);
    case 'lobby_changed':
    case 'player_approved':
    case 'round_closed':
    case 'round_archived':
    case 'command_settled':
      return [];
  }
}

/** All comings and goings of a turn in one message. Of a crowd still coming in only the last turn tells. */
function tellLobby(after: LedParty, all: PartyEvent[], inbox_left: number): Telling[] {
  const events = inbox_left > 0 ? all.filter((event) => event.type !== 'lobby_changed') : all;
  const joined = events.flatMap((event) => {
    if (event.type === 'lobby_changed') return event.joined.filter((player) => player.status === 'playing');
    return event.type === 'player_approved' ? [event.player] : [];
  });
  const left = events.flatMap((event) => (event.type === 'player_removed' ? [event.user_id] : []));
  const isWaitingChanged = events.some((event) => event.type === 'lobby_changed');
  if (joined.length === 0 && left.length === 0 && !isWaitingChanged) return [];
  const { party, attendance } = after;
  const data: ServerData<'lobby'> = {
    joined: joined
      .slice(-namedNewcomers)
      .map(({ user_id, nickname, team }) => ({ user_id, nickname, ...(team === null ? {} : { team }) })),
    left,
    players_total: party.players_total,
    waiting_total: party.waiting_total,
    connected: attendance.players,
  };
  // Once the game runs, comings and goings are the host's affair: a crowd is not told of each latecomer.
  return [telling('lobby', data, { audience: party.phase.name === 'lobby' ? 'all' : 'host' })];
}

/** A screen that takes control from none, or has it already, knows enough. */
function tellControl({ session, from }: Extract<PartyEvent, { type: 'control_taken' }>): Telling[] {
  return from === null || from === session ? [] : [telling('control', { screen: session }, { audience: 'host' })];
}

function tellQuestion({ party, quiz }: LedParty, event: Extract<PartyEvent, { type: 'round_opened' }>): Telling[] {
  const question = quiz.questions[event.round - 1] ?? null;
  const versions: { audience: Audience; isMasked: boolean }[] = party.settings.question_on_phones
    ? [{ audience: 'all', isMasked: false }]
    : [
        { audience: 'players', isMasked: true },
        { audience: 'host', isMasked: false },
      ];
  return versions.flatMap(({ audience, isMasked }) => {
    const { question: shown, choices } = questionFor(question, isMasked);
    if (shown === null) return [];
    const time = { closes_in_ms: event.closes_at - event.opens_at, server_time_ms: event.opens_at };
    return [
      telling(
        'question',
        { round: event.round, rounds: party.rounds, question: shown, choices, ...time },
        { audience },
      ),
    ];
  });
}

function tellAnswered({ party }: LedParty, event: Extract<PartyEvent, { type: 'answers_counted' }>): Telling[] {
  const { round, answered, counts } = event;
  const data = { round, answered, players_total: party.players_total, ...(counts === null ? {} : { counts }) };
  return [telling('answered', data, { audience: counts === null ? 'host' : 'all' })];
}

function tellReveal(
  { party }: LedParty,
  event: Extract<PartyEvent, { type: 'round_revealed' }>,
  now: number,
): Telling[] {
  const shown = shownReveal(party) ?? { ...event.reveal, ...shownRanking(party) };
  const next_in_ms = event.next_at === null ? null : left(event.next_at, now);
  return [telling('reveal', { ...shown, next_in_ms }, { form: 'personal' })];
}

function tellFinished({ party }: LedParty, event: Extract<PartyEvent, { type: 'finished' }>): Telling[] {
  const ranking = shownRanking(party);
  const podium = ranking.leaderboard.filter((line) => line.rank <= 3 && line.score > 0);
  const data = {
    reason: event.reason,
    ...ranking,
    podium,
    players_total: party.players_total,
    results: 'pending' as const,
  };
  return [telling('finished', data, { form: 'personal' })];
}

function reply(
  { party, epoch }: LedParty,
  { id, by, refused }: SettledCommand,
  { seq, told_at }: { seq: number; told_at: number },
): Envelope {
  const position = { epoch, seq };
  const frame =
    refused === null
      ? encodeFrame('ack', position, { id, round: party.current_round, status: 'accepted' })
      : encodeFrame('error', position, { id, code: refused.code, detail: refused.detail });
  const type = refused === null ? 'ack' : 'error';
  return { epoch, seq, type, audience: { reply_to: replyAddress(by, id) }, form: 'shared', round: 0, told_at, frame };
}

function remaining({ party }: LedParty, now: number): number | null {
  const phase = party.phase.name === 'paused' ? party.phase.was : party.phase;
  return phase.name === 'question' ? left(phase.closes_at, now) : null;
}

function left(instant: number, now: number): number {
  return Math.max(0, Math.round(instant - now));
}
