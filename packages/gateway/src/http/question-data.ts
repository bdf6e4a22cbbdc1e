/** The running round as an HTTP call shows it: everyone's score up to 1,000 players, then the best 100 and the caller. */
import type { PartyDesk, PartyView, Snapshot } from '@partyline/core';
import type { QuestionDataResponse } from '@partyline/protocol';
import type { Caller } from '../caller.ts';
import { closesIn } from '../closes-in.ts';

const listedInFull = 1_000;

export async function questionData(
  snapshot: Snapshot,
  caller: Caller | null,
  ports: { desk: PartyDesk; now: () => number },
): Promise<QuestionDataResponse> {
  const view = JSON.parse(caller?.may_command === true ? snapshot.host_view : snapshot.view) as PartyView;
  return {
    current_round: view.round,
    rounds: view.rounds,
    phase: view.phase,
    question: view.question,
    choices: view.choices,
    players: await listed(snapshot, view, caller, ports.desk),
    players_total: snapshot.players_total,
    closes_in_ms: closesIn(snapshot, ports.now()),
  };
}

async function listed(
  { party_id, door, players_total }: Snapshot,
  view: PartyView,
  caller: Caller | null,
  desk: PartyDesk,
): Promise<QuestionDataResponse['players']> {
  const shown = new Map(view.players.map((line) => [line.user_id, line]));
  const hasScores = view.players.some((line) => line.score !== null) || players_total === 0;
  const missing =
    players_total > shown.size && players_total <= listedInFull ? await desk.listPlayers(party_id, listedInFull) : [];
  const wanted = missing
    .filter(({ user_id, status }) => status === 'playing' && !shown.has(user_id))
    .map(({ user_id }) => user_id);
  if (caller?.user_id != null && !shown.has(caller.user_id) && !wanted.includes(caller.user_id))
    wanted.push(caller.user_id);
  const seats =
    wanted.length === 0
      ? []
      : await desk.seats(party_id, wanted, { standings_round: door.scored_round, answers_round: 0 });
  const others = seats.flatMap(({ player, standing }) =>
    player === null
      ? []
      : [{ user_id: player.user_id, nickname: player.nickname, score: hasScores ? (standing?.score ?? 0) : null }],
  );
  return [...shown.values(), ...others];
}
