/** Does it work at all: one small quick party from the first call to the podium, in about ten seconds. */
import type { Options } from 'k6/options';
import { crowdScenario, playCrowd } from './lib/crowd.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { numberOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 20);
const rounds = 2;

export const options: Options = {
  scenarios: crowdScenario(players, 60),
  thresholds: {
    acks_seen: [`count>=${players * rounds}`],
    answers_acknowledged: ['rate==1'],
    players_finished: ['rate==1'],
    answer_ack: ['p(99)<500'],
    http_req_failed: ['rate==0'],
  },
};

export function setup(): Party {
  return openQuickParty({ players, rounds, timeout: 5, advance_when_all_answered: false });
}

export default function smoke(party: Party): void {
  playCrowd(party, { thinks: [100, 800], starts_after_ms: 1_000, limit_ms: 40_000 });
}
