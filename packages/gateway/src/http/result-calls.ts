/** What a party leaves behind: leaderboard, results, performance. During the party from live state, afterwards from the archive. */
import { gameStats, shownResults, toldRounds } from '@partyline/core';
import { parseQuery, ResultsQuery } from '@partyline/protocol';
import { bearerToken } from '../connect.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import { isPartyId } from './caller-of.ts';
import { type ErasePorts, eraseResults } from './erase-results.ts';
import { liveLeaderboard } from './live-leaderboard.ts';
import { resultsReply } from './result-files.ts';
import { hasPlayed, memberRight, type RightPorts, watcherRight } from './result-rights.ts';

type ResultCall = 'getLeaderboard' | 'getStats' | 'getResults' | 'eraseResults' | 'getPerformance';

export function resultCalls(ports: ErasePorts): Record<ResultCall, Handler> {
  return {
    getLeaderboard: (call) => leaderboardOf(call, ports),
    getStats: (call) => statsOf(call, ports),
    eraseResults: (call) => eraseResults(call, ports),
    getResults: (call) => resultsOf(call, ports),
    getPerformance: (call) => performanceOf(call, ports),
  };
}

async function leaderboardOf({ request, params }: Call, ports: RightPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isPartyId(party_id)) return refuse('party_not_found');
  const snapshot = await ports.read(party_id);
  const right = await watcherRight(request.headers, { party_id, snapshot }, ports);
  if ('refused' in right) return refuse(right.refused);
  const { audience } = right;
  if (snapshot !== null) return reply(200, await liveLeaderboard(snapshot, audience, ports.desk));
  const stored = await ports.archive.results(party_id, audience.as === 'player' ? audience.user_id : '');
  if (stored === null) return refuse('party_not_found');
  const { leaderboard, teams, players_total } = shownResults(stored, audience);
  return reply(200, { leaderboard, teams, players_total });
}

async function statsOf({ request, params }: Call, ports: RightPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isPartyId(party_id)) return refuse('party_not_found');
  const snapshot = await ports.read(party_id);
  const right = await watcherRight(request.headers, { party_id, snapshot }, ports);
  if ('refused' in right) return refuse(right.refused);
  const counts = await ports.archive.counts(party_id);
  if (counts === null) return refuse('party_not_found');
  if (snapshot === null) return reply(200, gameStats(counts));
  const { scored_round, phase, settings } = snapshot.door;
  const isMasked = right.audience.as !== 'host' && !settings.question_on_phones && phase !== 'finished';
  const rounds = toldRounds(counts.rounds, { scored_round, isMasked });
  // While a party runs, the live store knows best how many are in it.
  return reply(200, gameStats({ ...counts, rounds, players_total: snapshot.players_total }));
}

/** A player's token sees the leaderboard and its own answers; the host's token and the host's key see all. */
async function resultsOf({ request, params }: Call, ports: RightPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isPartyId(party_id)) return refuse('party_not_found');
  const query = parseQuery(ResultsQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const right = await memberRight(request.headers, party_id, ports);
  if ('refused' in right) return refuse(right.refused);
  const { audience } = right;
  const stored = await ports.archive.results(party_id, audience.as === 'player' ? audience.user_id : null);
  if (stored === null) return refuse((await ports.read(party_id)) === null ? 'results_not_found' : 'results_not_ready');
  if (audience.as === 'player' && !hasPlayed(audience, stored)) return refuse('forbidden');
  return resultsReply(shownResults(stored, audience), query.value, ports.archive);
}

async function performanceOf({ request, params }: Call, ports: RightPorts): ReturnType<Handler> {
  const { user_id = '' } = params;
  const token = bearerToken(request.headers);
  if (token === null) return refuse('unauthorized');
  const caller = ports.tokens.read(token);
  if (caller === null && (await ports.hosts.verify(token)) === null) return refuse('unauthorized');
  if (caller !== null && caller.role !== 'host' && caller.user_id !== user_id) return refuse('forbidden');
  const performance = await ports.archive.performance(user_id);
  return performance === null ? refuse('player_not_found') : reply(200, performance);
}
