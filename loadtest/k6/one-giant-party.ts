/** As many in one party as k6 can play on this machine; beyond that `make bench` has a swarm. */
import type { Options } from 'k6/options';
import { crowdScenario, playCrowd, startsAfterMs } from './lib/crowd.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { numberOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 3_000);
const timeout = 10;
const rounds = 3;

export const options: Options = {
  setupTimeout: '300s',
  scenarios: crowdScenario(players, 180),
  thresholds: {
    acks_seen: [`count>=${players * rounds}`],
    answers_acknowledged: ['rate==1'],
    players_finished: ['rate==1'],
    refusals: ['count==0'],
    answer_ack: ['p(99)<500'],
    question_delivery: ['p(99)<600'],
  },
};

export function setup(): Party {
  return openQuickParty({ players, rounds, timeout, advance_when_all_answered: false });
}

export default function oneGiantParty(party: Party): void {
  playCrowd(party, {
    thinks: [500, (timeout - 2) * 1_000],
    starts_after_ms: startsAfterMs(players),
    limit_ms: startsAfterMs(players) + 110_000,
  });
}
