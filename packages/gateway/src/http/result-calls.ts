/** What a party leaves behind: leaderboard, results, performance. During the party from live state, afterwards from the archive. */
import {
  type Archive,
  gameStats,
  leaderboardEntry,
  type PartyDesk,
  type Settings,
  type Snapshot,
  type StoredResults,
} from '@partyline/core';
import { EraseQuery, type LeaderboardResponse, parseQuery, ResultsQuery } from '@partyline/protocol';
import type { Caller } from '../caller.ts';
import { bearerToken } from '../connect.ts';
import type { Tokens } from '../tokens.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import type { Hosts } from './host.ts';
import { callerOf, isSeated, isUuid } from './quick-party-calls.ts';
import { resultsReply } from './result-files.ts';

/** A running party's leaderboard is read from its live standings; larger ones show the best 100 that the leader keeps. */
const listedLive = 1_000;

export interface ResultPorts {
  desk: PartyDesk;
  archive: Archive;
  tokens: Tokens;
  read: (party_id: string) => Promise<Snapshot | null>;
  hosts: Hosts;
}

type ResultCall = 'getLeaderboard' | 'getStats' | 'getResults' | 'eraseResults' | 'getPerformance';

export function resultCalls(ports: ResultPorts): Record<ResultCall, Handler> {
  return {
    getLeaderboard: (call) => leaderboardOf(call, ports),
    getStats: (call) => statsOf(call, ports),
    eraseResults: (call) => eraseResultsOf(call, ports),
    getResults: (call) => resultsOf(call, ports),
    getPerformance: (call) => performanceOf(call, ports),
  };
}

async function leaderboardOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('party_not_found');
  const snapshot = await ports.read(party_id);
  const right = await watcherRight(request.headers, { party_id, snapshot, ports });
  if (right !== 'may') return refuse(right);
  if (snapshot !== null)
    return reply(200, await liveLeaderboard(snapshot, callerOf(request.headers, party_id, ports), ports.desk));
  const stored = await ports.archive.leaderboard(party_id);
  return stored === null ? refuse('party_not_found') : reply(200, stored);
}

/** Where strangers may not watch a party, they may not read of it afterwards either. */
async function watcherRight(
  headers: ReadonlyMap<string, string>,
  { party_id, snapshot, ports }: { party_id: string; snapshot: Snapshot | null; ports: ResultPorts },
): Promise<'may' | 'unauthorized' | 'forbidden' | 'party_not_found'> {
  const caller = callerOf(headers, party_id, ports);
  if (snapshot !== null) {
    if (snapshot.door.settings.spectators || (await isSeated(caller, ports.desk))) return 'may';
    return leaderRight(headers, party_id, ports);
  }
  const stored = await ports.archive.results(party_id, caller?.user_id ?? '');
  if (stored === null) return 'party_not_found';
  const { spectators } = stored.party.settings as Partial<Settings>;
  return spectators === true || hasPlayed(caller, stored) ? 'may' : leaderRight(headers, party_id, ports);
}

/** Whom the host removed has no line in the results: the token is worth nothing any more. `stored` was read for this caller. */
function hasPlayed(caller: Caller | null, { leaderboard }: StoredResults): boolean {
  return caller?.user_id != null && leaderboard.some(({ user_id }) => user_id === caller.user_id);
}

async function liveLeaderboard(
  snapshot: Snapshot,
  caller: Caller | null,
  desk: PartyDesk,
): Promise<LeaderboardResponse> {
  const { door, party_id, players_total } = snapshot;
  const { leaderboard: shown } = door.settings;
  const isShown =
    caller?.may_command === true || shown === 'each_round' || (shown === 'end' && door.phase === 'finished');
  if (!isShown || door.scored_round === 0) return { leaderboard: [], players_total };
  const players = await desk.listPlayers(party_id, listedLive);
  const user_ids = players.map(({ user_id }) => user_id);
  const seats = await desk.seats(party_id, user_ids, { standings_round: door.scored_round, answers_round: 0 });
  const lines = seats.flatMap(({ player, standing }) =>
    player === null || standing === null ? [] : [leaderboardEntry(player, standing)],
  );
  return { leaderboard: lines.sort((a, b) => a.rank - b.rank || (a.user_id < b.user_id ? -1 : 1)), players_total };
}

async function statsOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('party_not_found');
  const snapshot = await ports.read(party_id);
  const right = await watcherRight(request.headers, { party_id, snapshot, ports });
  if (right !== 'may') return refuse(right);
  const counts = await ports.archive.counts(party_id);
  if (counts === null) return refuse('party_not_found');
  // While a party runs, the live store knows best how many are in it.
  return reply(200, gameStats({ ...counts, players_total: snapshot?.players_total ?? counts.players_total }));
}

async function eraseResultsOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('results_not_found');
  const query = parseQuery(EraseQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const snapshot = await ports.read(party_id);
  const right = await leaderRight(request.headers, party_id, ports);
  if (right !== 'may') return refuse(right);
  if (snapshot !== null && !(await isStored(snapshot, ports))) return refuse('results_not_ready');
  if (query.value.user_id === undefined) {
    return (await ports.archive.eraseParty(party_id))
      ? { status: 204, headers: {}, body: '' }
      : refuse('results_not_found');
  }
  const erased = await ports.archive.erasePlayer(party_id, query.value.user_id);
  if (erased === 'still_running') return refuse('results_not_ready');
  return erased === 'erased' ? { status: 204, headers: {}, body: '' } : refuse('player_not_found');
}

/** A finished party stays live for a moment after its results are stored; they can be erased from then on. */
async function isStored({ party_id, phase }: Snapshot, { archive }: ResultPorts): Promise<boolean> {
  return phase === 'finished' && (await archive.results(party_id, '')) !== null;
}

/** Who led a party: its host token, the player who started it, or the host key that opened it. */
async function leaderRight(
  headers: ReadonlyMap<string, string>,
  party_id: string,
  ports: ResultPorts,
): Promise<'may' | 'unauthorized' | 'forbidden'> {
  const token = bearerToken(headers);
  if (token === null) return 'unauthorized';
  const caller = ports.tokens.read(token);
  if (caller !== null) return caller.party_id === party_id && caller.may_command ? 'may' : 'forbidden';
  const host = await ports.hosts.verify(token);
  if (host === null) return 'unauthorized';
  const owner = (await ports.archive.results(party_id, ''))?.party.owner_id;
  return owner === host.id ? 'may' : 'forbidden';
}

/** A player's token sees the leaderboard and its own answers; the host's token and the host's key see all. */
async function resultsOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('results_not_found');
  const query = parseQuery(ResultsQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const caller = callerOf(request.headers, party_id, ports);
  const right =
    caller?.user_id == null || caller.may_command ? await leaderRight(request.headers, party_id, ports) : 'may';
  if (right !== 'may') return refuse(right);
  const only_user = caller === null || caller.may_command ? null : (caller.user_id ?? '');
  const stored = await ports.archive.results(party_id, only_user);
  if (stored !== null) {
    if (only_user !== null && !hasPlayed(caller, stored)) return refuse('forbidden');
    return resultsReply(stored, query.value, ports.archive);
  }
  return refuse((await ports.read(party_id)) === null ? 'results_not_found' : 'results_not_ready');
}

async function performanceOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { user_id = '' } = params;
  const token = bearerToken(request.headers);
  if (token === null) return refuse('unauthorized');
  const caller = ports.tokens.read(token);
  if (caller === null && (await ports.hosts.verify(token)) === null) return refuse('unauthorized');
  if (caller !== null && caller.role !== 'host' && caller.user_id !== user_id) return refuse('forbidden');
  const performance = await ports.archive.performance(user_id);
  return performance === null ? refuse('player_not_found') : reply(200, performance);
}
