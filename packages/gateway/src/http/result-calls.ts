/** What a party leaves behind: leaderboard, results, performance. During the party from live state, afterwards from the archive. */
import { type Archive, gameStats, leaderboardEntry, type PartyDesk, type Snapshot } from '@partyline/core';
import { EraseQuery, type LeaderboardResponse, parseQuery } from '@partyline/protocol';
import type { Caller } from '../caller.ts';
import { bearerToken } from '../connect.ts';
import type { Tokens } from '../tokens.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import type { Hosts } from './host.ts';
import { callerOf, isUuid } from './quick-party-calls.ts';

/** A running party's leaderboard is read from its live standings; larger ones show the best 100 that the leader keeps. */
const listedLive = 1_000;

export interface ResultPorts {
  desk: PartyDesk;
  archive: Archive;
  tokens: Tokens;
  look: (party_id: string) => Promise<Snapshot | null>;
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
  const caller = callerOf(request.headers, party_id, ports);
  const snapshot = await ports.look(party_id);
  if (snapshot === null) {
    const stored = await ports.archive.leaderboard(party_id);
    return stored === null ? refuse('party_not_found') : reply(200, stored);
  }
  if (caller === null && !snapshot.door.settings.spectators) return refuse('unauthorized');
  return reply(200, await liveLeaderboard(snapshot, caller, ports.desk));
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
  const snapshot = await ports.look(party_id);
  const isOpen = snapshot === null || snapshot.door.settings.spectators;
  if (!isOpen && callerOf(request.headers, party_id, ports) === null) return refuse('unauthorized');
  const counts = await ports.archive.counts(party_id);
  if (counts === null) return refuse('party_not_found');
  // While a party runs, the live store knows best how many are in it.
  return reply(200, gameStats({ ...counts, players_total: snapshot?.players_total ?? counts.players_total }));
}

/** Only who led the party may erase it: its host token, or the host key that opened it. */
async function eraseResultsOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('results_not_found');
  const query = parseQuery(EraseQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const isRunning = (await ports.look(party_id)) !== null;
  const right = await eraserRight(request.headers, party_id, ports);
  if (right !== 'may') return refuse(right);
  if (isRunning) return refuse('results_not_ready');
  if (query.value.user_id === undefined) {
    return (await ports.archive.eraseParty(party_id))
      ? { status: 204, headers: {}, body: '' }
      : refuse('results_not_found');
  }
  const erased = await ports.archive.erasePlayer(party_id, query.value.user_id);
  if (erased === 'still_running') return refuse('results_not_ready');
  return erased === 'erased' ? { status: 204, headers: {}, body: '' } : refuse('player_not_found');
}

async function eraserRight(
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

async function resultsOf({ request, params }: Call, ports: ResultPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isUuid(party_id)) return refuse('results_not_found');
  const caller = callerOf(request.headers, party_id, ports);
  if (caller === null) return refuse('unauthorized');
  const stored = await ports.archive.results(party_id, caller.may_command ? null : (caller.user_id ?? ''));
  if (stored !== null) return reply(200, stored);
  return refuse((await ports.look(party_id)) === null ? 'results_not_found' : 'results_not_ready');
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
