/** F18: 2,000 answers within 500 ms are all acknowledged before the deadline, p99 within 500 ms. */
import type { Options } from 'k6/options';
import { crowdScenario, playCrowd, startsAfterMs } from './lib/crowd.ts';
import { openQuickParty, type Party } from './lib/party.ts';
import { numberOf } from './lib/settings.ts';

const players = numberOf('PLAYERS', 2_000);
const rounds = 2;

export const options: Options = {
  setupTimeout: '120s',
  scenarios: crowdScenario(players, 180),
  thresholds: {
    acks_seen: [`count>=${players * rounds}`],
    answers_acknowledged: ['rate==1'],
    refusals: ['count==0'],
    answer_ack: ['p(99)<500'],
  },
};

export function setup(): Party {
  return openQuickParty({ players, rounds, timeout: 10, reveal_seconds: 2, advance_when_all_answered: false });
}

export default function answerBurst(party: Party): void {
  // Everybody has read the question after two seconds, and then answers within half a second.
  playCrowd(party, {
    thinks: [2_000, 2_500],
    starts_after_ms: startsAfterMs(players),
    limit_ms: startsAfterMs(players) + 60_000,
  });
}
