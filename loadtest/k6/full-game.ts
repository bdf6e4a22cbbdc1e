/** A room as a school would play it: a host who moves on by hand, a class or an assembly, five questions. Needs HOST_KEY. */
import type { Options } from 'k6/options';
import { crowdScenario, playCrowd } from './lib/crowd.ts';
import { joinRoom, openRoom, type Party } from './lib/party.ts';
import { numberOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 100);
const rounds = 5;
/** From a question to its reveal, and from there to the next. */
const paceMs = 4_000;

export const options: Options = {
  scenarios: crowdScenario(players, 120),
  thresholds: {
    acks_seen: [`count>=${players * rounds}`],
    answers_acknowledged: ['rate==1'],
    players_finished: ['rate==1'],
    answer_ack: ['p(99)<500'],
    question_delivery: ['p(99)<200'],
    reveals_seen: [`count>=${players * rounds}`],
  },
};

export function setup(): Party {
  const room = openRoom(rounds, { max_players: players + 1, advance_when_all_answered: false });
  return { party_id: room.party_id, host: room.host, players: joinRoom(room, players) };
}

export default function fullGame(party: Party): void {
  playCrowd(party, {
    ...{ thinks: [300, 2_500], starts_after_ms: 2_000, next_every_ms: paceMs },
    limit_ms: 20_000 + rounds * 2 * paceMs,
  });
}
