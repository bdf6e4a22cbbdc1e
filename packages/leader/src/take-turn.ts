/** One turn: commands folded through the rules, and all that follows from them packed into one commit. Pure. */
import {
  type Command,
  decide,
  evolve,
  type Party,
  type PartyEvent,
  type Player,
  projection,
  type SettledCommand,
  scoredRound,
  type Turn,
} from '@partyline/core';
import { type LedParty, scoreOf } from './led-party.ts';
import { present } from './present.ts';

export interface TakenTurn {
  /** What to commit; null where nothing has happened. */
  turn: Turn | null;
  party: Party;
  /** Another map than before wherever somebody came, was approved or left: what the archive goes by. */
  players: Map<string, Player>;
  events: PartyEvent[];
}

/** `taken`, `inbox_left`: inbox items this turn deals with, and those that the next one will at once. */
export function takeTurn(
  led: LedParty,
  commands: Command[],
  at: { now: number; taken: number; inbox_left: number },
): TakenTurn {
  let party = led.party;
  let players = led.players;
  const events: PartyEvent[] = [];
  const replies: SettledCommand[] = [];
  for (const command of commands) {
    const decision = decide(party, command, { now: at.now, quiz: led.quiz, players });
    for (const event of decision.events) {
      party = evolve(party, event);
      players = playersAfter(players, event, led.players);
      events.push(event);
    }
    if (decision.reply !== null) replies.push(decision.reply);
  }
  if (events.length === 0 && replies.length === 0 && at.taken === 0) {
    return { turn: null, party, players, events };
  }
  party = { ...party, turned_at: at.now };
  const after: LedParty = { ...led, party, players };
  const turn: Turn = {
    party_id: party.party_id,
    fence: led.fence,
    epoch: led.epoch,
    seq: led.seq,
    party,
    projection: projection({
      party,
      quiz: led.quiz,
      players,
      scoreOf: (user_id) => scoreOf(after, user_id),
      connected: led.attendance.players,
    }),
    envelopes: present({ after, events, replies, ...at }),
    taken: at.taken,
    players: writtenPlayers(events),
    forget_rounds: forgettable(party, events),
  };
  return { turn, party, players, events };
}

/** The map is copied on its first change in a turn: most turns touch no player, and a crowd is large. */
function playersAfter(
  players: Map<string, Player>,
  event: PartyEvent,
  committed: Map<string, Player>,
): Map<string, Player> {
  if (event.type !== 'lobby_changed' && event.type !== 'player_approved' && event.type !== 'player_removed')
    return players;
  const after = players === committed ? new Map(committed) : players;
  if (event.type === 'lobby_changed') for (const player of event.joined) after.set(player.user_id, player);
  if (event.type === 'player_approved') after.set(event.player.user_id, event.player);
  if (event.type === 'player_removed') after.delete(event.user_id);
  return after;
}

/** Joined players are in the store already: the desk wrote them. */
function writtenPlayers(events: PartyEvent[]): Turn['players'] {
  const players: Turn['players'] = { set: [], remove: [], ban: [] };
  for (const event of events) {
    if (event.type === 'player_approved') players.set.push(event.player);
    if (event.type === 'player_removed') (event.banned ? players.ban : players.remove).push(event.user_id);
  }
  return players;
}

/** Rounds before the last scored one that are safe in the archive: nobody will ask for them again. */
function forgettable(party: Party, events: PartyEvent[]): number[] {
  const rounds: number[] = [];
  for (const event of events) {
    if (event.type === 'round_archived') rounds.push(event.round);
    if (event.type === 'round_revealed') rounds.push(event.reveal.round - 1);
    if (event.type === 'round_skipped') rounds.push(event.round - 1);
  }
  const scored = scoredRound(party);
  return rounds.filter((round) => round >= 1 && round < scored && round <= party.archived_through);
}
